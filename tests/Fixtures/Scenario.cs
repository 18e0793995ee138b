using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Dunning.Local;
using Dunning.Local.Demo;
using Dunning.Local.MailViewer;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// A dated scenario: the app in its local host, its own storage account, real HTTP, and a clock that stands still until
/// the test moves it. At the end the invariants of the rows must hold and no unexpected warning may have been logged.
/// </summary>
public abstract partial class Scenario : IAsyncLifetime
{
    private readonly CollectingLogger _log = new();
    private TestAccount? _account;
    private LocalHost? _host;

    /// <summary>Monday 2 March 2026, 00:00 UTC, unless overridden.</summary>
    protected virtual DateTimeOffset Start => At("2026-03-02T00:00Z");

    protected virtual FunctionKeys? FunctionKeys => null;

    protected virtual int Shards => TestAccount.FewShards;

    /// <summary>Settings in addition to the sample settings.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>The creditor's policies file; null for none.</summary>
    protected virtual string? Policies => null;

    protected LocalHost Host => _host!;
    protected HttpClient Http { get; private set; } = new();
    protected IEnumerable<SentEmail> Emails => Host.Outbox.Emails;

    /// <summary>What one mailbox got, with plain blanks.</summary>
    protected IReadOnlyList<(string Subject, string Plain)> LettersTo(string address) =>
        [
            .. Emails
                .Where(mail => mail.To.Any(to => to.Contains(address, StringComparison.Ordinal)))
                .Select(mail => (mail.Subject, mail.Plain!.Replace('\u00a0', ' '))),
        ];

    protected IEnumerable<SentSms> SmsMessages => Host.Outbox.Sms;
    protected IEnumerable<string> Log => _log.All;

    /// <summary>Fragments of warnings that the scenario expects.</summary>
    protected List<string> ExpectedWarnings { get; } = [];

    public virtual async Task InitializeAsync()
    {
        _account = await TestStorage.OpenAccountAsync();
        var clock = new MovableClock(Start, frozen: true);
        _account.FollowClock(clock);
        await FillAsync(_account);
        _host = await StartHostAsync(clock);
        Http = new HttpClient { BaseAddress = _host.BaseAddress };
    }

    /// <summary>Another instance of the app, on the same storage and with the same clock.</summary>
    protected Task<LocalHost> StartSecondAsync() => StartHostAsync(Host.Clock);

    private async Task<LocalHost> StartHostAsync(MovableClock clock)
    {
        if (Policies is null)
            return await StartHostAsync(clock, policiesFile: null);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, Policies);
        var host = await StartHostAsync(clock, file);
        // It is read at the start only.
        File.Delete(file);
        return host;
    }

    private Task<LocalHost> StartHostAsync(MovableClock clock, string? policiesFile) =>
        LocalHost.StartAsync(
            new LocalHostOptions
            {
                Functions = typeof(DunningServices).Assembly.GetExportedTypes(),
                Services = (services, settings) =>
                    ReplaceServices(services.AddDunning(settings).AddSingleton(NoDns.Client)),
                Settings = address =>
                    new ConfigurationBuilder()
                        .AddConfiguration(LocalSettings.Build(address, _account!.ConnectionString))
                        .AddInMemoryCollection(Settings)
                        .AddInMemoryCollection(policiesFile is null ? [] : [new("Dunning:PoliciesFile", policiesFile)])
                        .Build(),
                Keys = FunctionKeys,
                Clock = clock,
                Background = false,
                Logging = logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Information),
                Prepare = services => services.PrepareAsync(CancellationToken.None),
            }
        );

    /// <summary>Ends what uses the host, before it stops.</summary>
    protected virtual Task AfterAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await AfterAsync();
        var violations = await BookInvariants.FindFlawsAsync(
            Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book)
        );
        Http.Dispose();
        await Host.DisposeAsync();
        await _account!.DisposeAsync();
        Assert.Empty(violations);
        Assert.DoesNotContain(
            _log.Warnings,
            w => !ExpectedWarnings.Exists(e => w.Contains(e, StringComparison.Ordinal))
        );
    }

    /// <summary>Writes what is stored before the app starts.</summary>
    protected virtual Task FillAsync(TestAccount account) => account.SetShardsAsync(Shards);

    /// <summary>Replaces services by stand-ins.</summary>
    protected virtual void ReplaceServices(IServiceCollection services) { }

    protected static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Moves the clock, runs the timers and processes all due messages.</summary>
    protected async Task AdvanceToAsync(string instant)
    {
        Host.Clock.SetTo(At(instant));
        await RunTimersAsync();
    }

    protected async Task RunTimersAsync()
    {
        await PlanAsync();
        await Host.PumpAsync();
    }

    /// <summary>Plans the due notices without sending them.</summary>
    protected async Task PlanAsync()
    {
        await Host.RunTimerAsync(nameof(FindUpcomingInvoices));
        await Host.RunTimerAsync(nameof(FindOverdueInvoices));
        await Host.PumpAsync(only: Queues.Scan);
    }

    /// <summary>Runs the timers at 09:00 UTC of every day of a range, both ends included.</summary>
    protected async Task AdvanceDailyAsync(string from, string to)
    {
        for (
            var day = DateOnly.Parse(from, CultureInfo.InvariantCulture);
            day <= DateOnly.Parse(to, CultureInfo.InvariantCulture);
            day = day.AddDays(1)
        )
            await AdvanceToAsync($"{day:yyyy-MM-dd}T09:00Z");
    }

    protected async Task RecoverAsync()
    {
        await Host.RunTimerAsync(nameof(RequeueStalledNotices));
        await Host.RunTimerAsync(nameof(RequeueUnappliedPayments));
        await Host.PumpAsync();
    }

    protected static object Invoice(
        string number,
        string amount = "119.00",
        string issued = "2026-02-01",
        string? due = "2026-03-16",
        string currency = "GBP",
        object? customer = null
    ) =>
        new
        {
            externalId = number,
            number,
            issueDate = issued,
            dueDate = due,
            currency,
            amountDue = amount,
            customer = customer ?? Customer(),
        };

    /// <summary>The invoice with further fields of the JSON contract.</summary>
    protected static object With(object invoice, params (string Name, object Value)[] fields)
    {
        var json = JsonSerializer.SerializeToNode(invoice)!.AsObject();
        foreach (var (name, value) in fields)
            json[name] = JsonSerializer.SerializeToNode(value);
        return json;
    }

    protected static object Customer(
        string id = "amberley",
        string? email = "tom@amberley.example",
        string? phone = null,
        string zone = "Europe/London",
        string country = "GB",
        object[]? contacts = null
    ) =>
        new
        {
            externalId = id,
            name = $"{id} Ltd",
            email,
            phone,
            timeZone = zone,
            country,
            contacts,
        };

    /// <returns>The invoice's id.</returns>
    protected async Task<string> PostInvoiceAsync(object invoice)
    {
        using var response = await Http.PostAsJsonAsync("api/invoices", invoice);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    protected Task<JsonElement> GetInvoiceAsync(string id) => Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}");

    protected async Task<string?> BalanceAsync(string id) =>
        (await GetInvoiceAsync(id)).GetProperty("balance").GetString();

    protected async Task<string> StateAsync(string id) => (await GetInvoiceAsync(id)).GetProperty("state").GetString()!;

    protected async Task<IReadOnlyList<string>> EventsAsync(string id) =>
        [
            .. (await GetInvoiceAsync(id))
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("kind").GetString()!),
        ];

    /// <summary>What the invoice's history says in events of a kind.</summary>
    protected async Task<IReadOnlyList<string>> SaidAsync(string id, string kind) =>
        [
            .. (await GetInvoiceAsync(id))
                .GetProperty("events")
                .EnumerateArray()
                .Where(e => e.GetProperty("kind").GetString() == kind)
                .OrderBy(e => e.GetProperty("at").GetDateTimeOffset())
                .Select(e => e.GetProperty("what").GetString()!.Replace('\u00a0', ' ')),
        ];

    protected async Task<HttpResponseMessage> PostAsync(
        string path,
        object body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await Http.SendAsync(request);
    }

    protected async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        return await Http.SendAsync(request);
    }

    /// <summary>Records a payment by hand, and processes what it leads to.</summary>
    protected async Task PayAsync(
        string id,
        string amount,
        string paidOn,
        string currency = "GBP",
        string? paymentId = null
    )
    {
        using var response = await PostAsync(
            $"api/invoices/{id}/payments",
            new
            {
                amount,
                currency,
                paidOn,
                paymentId,
            },
            ("Idempotency-Key", $"{id}-{amount}-{paidOn}")
        );
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        await Host.PumpAsync();
    }

    /// <summary>Changes the customer of an invoice.</summary>
    protected async Task ChangeCustomerAsync(string invoice, object change)
    {
        using var answer = await RequestAsync(HttpMethod.Put, $"api/customers/{CustomerOf(invoice)}", change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The customer is reminded in these ways only, the preferred one first, and can be written to.</summary>
    protected Task PreferAsync(string invoice, params string[] channels) =>
        ChangeCustomerAsync(
            invoice,
            new
            {
                by = "Maya",
                channels,
                address = new
                {
                    line1 = "1 Quay Street",
                    postalCode = "BS1 4DJ",
                    city = "Bristol",
                    country = "GB",
                },
            }
        );

    /// <summary>The customer's id, with which that of an invoice begins.</summary>
    protected static string CustomerOf(string invoice) => invoice.Split('-')[0];

    protected async Task ChangeAsync(string id, string what, object body)
    {
        using var response = await PostAsync($"api/invoices/{id}/{what}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Delivers a Stripe event, signed with the current time, and leaves it in the queue.</summary>
    protected async Task StripeAsync(object @event)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(@event);
        using var response = await WebhookAsync(body, StripeSignature.Sign(StripeSecret, body, Host.Clock.GetUtcNow()));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    protected const string StripeSecret = "whsec_local_stripe_secret";

    protected async Task<HttpResponseMessage> WebhookAsync(
        byte[] body,
        string? signature,
        string key = "local-stripe-endpoint-key"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/stripe/{key}")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null)
            request.Headers.Add("Stripe-Signature", signature);
        return await Http.SendAsync(request);
    }

    protected Task<string> UnmatchedAsync() => Http.GetStringAsync("api/manage/payments/unmatched");

    protected async Task<(int Status, string Body)> DeliverAsync(
        string provider,
        string key,
        byte[] body,
        (string Name, string Value)[] headers,
        string type
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{provider}/{key}")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new(type);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Delivers a body to the Standard Webhooks endpoint of the sample settings, signed now.</summary>
    /// <returns>The status of the response.</returns>
    protected async Task<int> DeliverStandardAsync(byte[] body, string id)
    {
        var headers = StandardSignature.Sign(
            "whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0",
            id,
            body,
            Host.Clock.GetUtcNow()
        );
        var (status, _) = await DeliverAsync(
            StandardWebhooksProvider.Name,
            "local-standard-endpoint-key",
            body,
            [.. headers.Select(header => (header.Key, header.Value))],
            "application/json"
        );
        return status;
    }

    /// <param name="created">Seconds since 1970.</param>
    protected static object StripeEvent(
        string type,
        object data,
        string? id = null,
        long created = 1772442000,
        bool live = true
    ) =>
        new
        {
            id = id ?? $"evt_{type}",
            @object = "event",
            type,
            created,
            livemode = live,
            data = new { @object = data },
        };

    protected static object Paid(
        string number,
        long minor,
        string currency = "gbp",
        string? id = null,
        bool live = true
    ) =>
        StripeEvent(
            "payment_intent.succeeded",
            new
            {
                id = $"pi_{id ?? number}",
                @object = "payment_intent",
                amount_received = minor,
                currency,
                metadata = new { invoice_number = number },
            },
            $"evt_{id ?? number}",
            live: live
        );

    protected ReceivablesTable Table => Host.Services.GetRequiredService<ReceivablesTable>();

    protected Queues Queue => Host.Services.GetRequiredService<Queues>();

    protected async Task<int> CountMessagesAsync(string queue) =>
        (await Host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient(queue).GetPropertiesAsync())
            .Value
            .ApproximateMessagesCount;

    /// <summary>Removes all messages of a queue, as a crash between commit and enqueueing would.</summary>
    protected async Task ClearQueueAsync(string queue) =>
        await Host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient(queue).ClearMessagesAsync();
}
