using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Dunning.Local;
using Dunning.Local.Demo;
using Dunning.Local.MailViewer;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.Stripe;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// A dated story on the real thing: the product in its local host, a storage account of its own, real HTTP, a clock
/// that stands still until the story moves it. After every story the book's invariants must hold and nothing unexpected
/// may have been logged.
/// </summary>
public abstract class Story : IAsyncLifetime
{
    private readonly CollectingLogger _log = new();
    private TestAccount? _account;
    private LocalHost? _host;

    /// <summary>Monday 2 March 2026, 00:00 UTC, unless a story says otherwise.</summary>
    protected virtual DateTimeOffset Start => At("2026-03-02T00:00Z");

    protected virtual FunctionKeys? FunctionKeys => null;

    protected virtual int Shards => TestAccount.FewShards;

    /// <summary>What this story sets beside the sample's settings.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    protected LocalHost Host => _host!;
    protected HttpClient Http { get; private set; } = new();
    protected IEnumerable<SentEmail> Emails => Host.Outbox.Emails;
    protected IEnumerable<SentSms> Texts => Host.Outbox.Sms;
    protected IEnumerable<string> Log => _log.All;

    /// <summary>Fragments of warnings that the story expects.</summary>
    protected List<string> ExpectedWarnings { get; } = [];

    public virtual async Task InitializeAsync()
    {
        _account = await TestStorage.OpenAccountAsync();
        var clock = new MovableClock(Start, frozen: true);
        _account.Follow(clock);
        await _account.SetShardsAsync(Shards);
        _host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Functions = typeof(DunningServices).Assembly.GetExportedTypes(),
                Services = (services, settings) => Replace(services.AddDunning(settings)),
                Settings = address =>
                    new ConfigurationBuilder()
                        .AddConfiguration(LocalSettings.Build(address, _account.ConnectionString))
                        .AddInMemoryCollection(Settings)
                        .Build(),
                Keys = FunctionKeys,
                Clock = clock,
                Background = false,
                Logging = logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Information),
                Prepare = services => services.PrepareAsync(CancellationToken.None),
            }
        );
        Http = new HttpClient { BaseAddress = _host.BaseAddress };
    }

    public async Task DisposeAsync()
    {
        var flaws = await BookInvariants.FindFlawsAsync(
            Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book)
        );
        Http.Dispose();
        await Host.DisposeAsync();
        await _account!.DisposeAsync();
        Assert.Empty(flaws);
        Assert.DoesNotContain(
            _log.Warnings,
            w => !ExpectedWarnings.Exists(e => w.Contains(e, StringComparison.Ordinal))
        );
    }

    /// <summary>Puts stand-ins in the place of what the story cannot reach.</summary>
    protected virtual void Replace(IServiceCollection services) { }

    protected static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Moves the clock, fires the timers and lets everything that is due run to its end.</summary>
    protected async Task ComeAsync(string instant)
    {
        Host.Clock.SetTo(At(instant));
        await TickAsync();
    }

    protected async Task TickAsync()
    {
        await PlanAsync();
        await Host.PumpAsync();
    }

    /// <summary>Plans what is due and stops before anything is sent.</summary>
    protected async Task PlanAsync()
    {
        await Host.RunTimerAsync(nameof(FindUpcomingInvoices));
        await Host.RunTimerAsync(nameof(FindOverdueInvoices));
        await Host.PumpAsync(only: Queues.Scan);
    }

    /// <summary>Ticks at 09:00 UTC of every day from one date to another, both included.</summary>
    protected async Task PassAsync(string from, string to)
    {
        for (
            var day = DateOnly.Parse(from, CultureInfo.InvariantCulture);
            day <= DateOnly.Parse(to, CultureInfo.InvariantCulture);
            day = day.AddDays(1)
        )
            await ComeAsync($"{day:yyyy-MM-dd}T09:00Z");
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
        using var answer = await Http.PostAsJsonAsync("api/invoices", invoice);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    protected Task<JsonElement> ViewAsync(string id) => Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}");

    protected async Task<string> StateAsync(string id) => (await ViewAsync(id)).GetProperty("state").GetString()!;

    protected async Task<IReadOnlyList<string>> EventsAsync(string id) =>
        [
            .. (await ViewAsync(id))
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("kind").GetString()!),
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

    protected async Task ChangeAsync(string id, string what, object body)
    {
        using var answer = await PostAsync($"api/invoices/{id}/{what}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Delivers a Stripe event, signed now, and leaves it in the queue.</summary>
    protected async Task StripeAsync(object @event)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(@event);
        using var answer = await WebhookAsync(body, StripeSignature.Sign(StripeSecret, body, Host.Clock.GetUtcNow()));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
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

    protected static object Paid(
        string number,
        long minor,
        string currency = "gbp",
        string? id = null,
        bool live = true
    ) =>
        new
        {
            id = $"evt_{id ?? number}",
            @object = "event",
            type = "payment_intent.succeeded",
            created = 1772442000,
            livemode = live,
            data = new
            {
                @object = new
                {
                    id = $"pi_{id ?? number}",
                    @object = "payment_intent",
                    amount_received = minor,
                    currency,
                    metadata = new { invoice_number = number },
                },
            },
        };

    protected ReceivablesTable Book => Host.Services.GetRequiredService<ReceivablesTable>();

    protected Queues Queue => Host.Services.GetRequiredService<Queues>();

    protected async Task<int> WaitingAsync(string queue) =>
        (await Host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient(queue).GetPropertiesAsync())
            .Value
            .ApproximateMessagesCount;

    /// <summary>Loses every message of a queue, as a crash between the table and the queue would.</summary>
    protected async Task EmptyAsync(string queue) =>
        await Host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient(queue).ClearMessagesAsync();
}
