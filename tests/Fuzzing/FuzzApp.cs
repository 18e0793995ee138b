using System.Diagnostics.Metrics;
using System.Text.Json;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Local.Demo;
using Dunning.Monitoring;
using Dunning.Notices.Email;
using Dunning.Notices.Sms;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments;
using Dunning.Tests.Payments.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dunning.Tests.Fuzzing;

/// <summary>The product's functions on tables and queues in memory, with one invoice that payments may hit.</summary>
internal sealed class FuzzApp
{
    private static readonly StandingClock _standing = new(ProviderSamples.Now);
    private static readonly CreditorOptions _house = new() { Company = "House", Email = "house@house.example" };

    /// <summary>What is tried again is tried later.</summary>
    private readonly TickingClock _clock = new();
    private readonly MemoryTable _book = new();
    private readonly MemoryQueues _storage = new();
    private readonly PaymentApi _api;

    private static readonly Telemetry _counted = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        TimeProvider.System
    );

    /// <param name="http">What stands for a payment processor's API.</param>
    public FuzzApp(HttpMessageHandler? http = null)
    {
        _api = new PaymentApi(new HttpClient(http ?? new OneAnswer(() => "{}"u8.ToArray())));
        var names = new MemoryTable();
        (Book, Queues, Lookup) = (
            new ReceivablesTable(
                _book,
                new Shards(Shards.DefaultCount),
                _counted.RecordTransaction,
                _counted.RecordHeartbeat
            ),
            new Queues(_storage),
            new Lookup(names)
        );
        Acceptance = new InvoiceIntake(Book, Lookup, Rules.Default, Queues, _clock);
        Idempotency = new Idempotency(names, _clock);
        Failures = new Failures(new MemoryTable(), _clock, _counted);
        Match = new PaymentMatch(Lookup, Book, Queues);
        Posting = new PaymentPosting(Book, Rules.Default, Queues, _clock);
        var document = TestData.Document("2026-01-20", "2026-0042");
        Acceptance
            .AcceptAsync(document with { Customer = document.Customer with { Phone = Phone } }, dryRun: false, default)
            .GetAwaiter()
            .GetResult();
        Lookup.AddMailAsync(Mailed, default).GetAwaiter().GetResult();
    }

    public const string Phone = "+4930123456";
    public static readonly Uri TwilioAddress = new("https://dunning.example/api/twilio/");
    public const string TwilioToken = "token";

    /// <summary>A mail that was sent, of which reports come in.</summary>
    public static Notice Mailed { get; } =
        new()
        {
            Id = "n1",
            CustomerId = TestData.CustomerId,
            Channel = Channel.Email,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(Known.Invoice, "first")],
            PlannedAt = ProviderSamples.Now,
            NotBefore = ProviderSamples.Now,
        };

    public ReceiveSmsReply ReceiveSmsReply =>
        new(Twilio, new Replies(Book, Lookup, Rules.Default, Queues, _clock), _house, _clock);
    public ReceiveSmsStatus ReceiveSmsStatus => new(Twilio, Queues, _clock);
    public ReceiveEmailEvent ReceiveEmailEvent => new(Lookup, Queues, _clock, Failures);

    public PostInvoice PostInvoice => new(Acceptance, Departures, Idempotency, _house);
    public ImportInvoices ImportInvoices => new(Acceptance, Departures, _house, NullLogger<ImportInvoices>.Instance);
    public RecordPayment RecordPayment => new(Book, Posting, Departures, Idempotency, _clock);
    public ChangeInvoice ChangeInvoice => new(Book, Rules.Default, Departures, _clock);
    private InFlightReminders Departures => new(Book, _clock);

    private EventDetails Details(WebhookEndpoint[] endpoints) =>
        new(_api, new WebhookEndpoints(endpoints), _clock, NullLogger<EventDetails>.Instance);

    private PendingPaymentMarks Marks(WebhookEndpoint[] endpoints) => new(Details(endpoints), Match, Posting, _clock);

    public static InvoiceId Known => InvoiceId.Create(TestData.CustomerId, "api", "2026-0042");

    private static TwilioWebhook Twilio { get; } = new(TwilioAddress, [TwilioToken]);
    private ReceivablesTable Book { get; }
    private Queues Queues { get; }
    private Lookup Lookup { get; }
    private InvoiceIntake Acceptance { get; }
    private Idempotency Idempotency { get; }
    private Failures Failures { get; }
    private PaymentMatch Match { get; }
    private PaymentPosting Posting { get; }

    /// <summary>As the host would call it; the status of the answer.</summary>
    public static int Status(
        Func<HttpRequest, Task<IResult>> function,
        byte[] body,
        string type,
        string query = "",
        params (string Name, string Value)[] headers
    )
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        (context.Request.Method, context.Request.ContentType, context.Request.Body) = (
            "POST",
            type,
            new MemoryStream(body)
        );
        context.Request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        function(context.Request).GetAwaiter().GetResult().ExecuteAsync(context).GetAwaiter().GetResult();
        Assert.InRange(context.Response.StatusCode, 200, 499);
        // A bulk import answers 200 with one status a line.
        var answer = ((MemoryStream)context.Response.Body).ToArray();
        Assert.True(answer.AsSpan().IndexOf("\"status\":5"u8) < 0, "a line of the answer has a status of 500");
        return context.Response.StatusCode;
    }

    /// <returns>The status of the answer to a webhook that comes over HTTP.</returns>
    public int Receive(
        WebhookEndpoint endpoint,
        PayPalCertificates certificates,
        byte[] body,
        (string Name, string Value)[] headers
    )
    {
        var intake = new WebhookIntake(new Inbox(new MemoryTable()), Marks([endpoint]), Departures, Queues, _clock);
        var function = new ReceiveWebhook(
            new WebhookEndpoints([endpoint]),
            new WebhookVerification(certificates, _standing),
            intake,
            _counted,
            NullLogger<ReceiveWebhook>.Instance
        );
        return Status(
            request => function.Run(request, endpoint.Provider, endpoint.Key, default),
            body,
            "application/json",
            headers: headers
        );
    }

    /// <summary>
    /// Takes a verified webhook in and applies it. True when nothing of it waits for a person because it could not be
    /// read.
    /// </summary>
    public bool Settle(WebhookEndpoint endpoint, WebhookRequest webhook)
    {
        // Each has an inbox of its own: one event told twice in different words is not what is looked for here.
        var inbox = new Inbox(new MemoryTable());
        var intake = new WebhookIntake(inbox, Marks([endpoint]), Departures, Queues, _clock);
        var apply = new ApplyPayment(inbox, Details([endpoint]), Match, Posting, Failures);
        var kept = intake.SaveAsync(endpoint, webhook, default).GetAwaiter().GetResult();
        foreach (var message in _storage.Take(Dunning.Queues.PaymentsReceived))
            apply
                .Run(JsonSerializer.Deserialize<PaymentReceived>(message, Rows.Json)!, default)
                .GetAwaiter()
                .GetResult();
        var events = PaymentEvents.Read(endpoint.Provider, webhook);
        Assert.All(events, e => Assert.True(e.Id.Length > 0 && (e.Problem is null || e.Facts.Count == 0)));
        Assert.All(
            events.SelectMany(e => e.Facts),
            fact => Assert.True(fact.ObjectId.Length > 0 && fact.Amount is not { Minor: < 0 })
        );
        return kept is Reception.Kept && events.All(e => e.Problem is null);
    }

    /// <exception cref="InvalidOperationException">The book does not agree with itself.</exception>
    public void Check()
    {
        var flaws = BookInvariants.FindFlawsAsync(_book).GetAwaiter().GetResult();
        if (flaws.Count > 0)
            throw new InvalidOperationException(string.Join("; ", flaws));
    }

    private sealed class TickingClock : TimeProvider
    {
        private DateTimeOffset _now = ProviderSamples.Now;

        public override DateTimeOffset GetUtcNow() => _now += TimeSpan.FromMilliseconds(100);
    }
}
