using System.Diagnostics.Metrics;
using System.Text.Json;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Invoices.Arrangements;
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
using Dunning.Replies;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments;
using Dunning.Tests.Payments.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// The functions of the app on in-memory tables and queues, with one invoice to which payments can be matched.
/// </summary>
internal sealed class FuzzApp
{
    private static readonly StandingClock _fixedClock = new(ProviderSamples.Now);
    private static readonly CreditorOptions _creditor = new()
    {
        Company = "Creditor",
        Email = "billing@creditor.example",
    };

    /// <summary>Advances with each reading, so that retries happen later.</summary>
    private readonly TickingClock _clock = new();
    private readonly MemoryTable _table = new();
    private readonly MemoryQueues _queues = new();
    private readonly PaymentApi _api;

    private static readonly Telemetry _telemetry = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        TimeProvider.System
    );

    /// <param name="http">Replaces a payment processor's API.</param>
    public FuzzApp(HttpMessageHandler? http = null)
    {
        _api = new PaymentApi(new HttpClient(http ?? new FixedResponseHandler(() => "{}"u8.ToArray())));
        var lookupTable = new MemoryTable();
        (Table, Queues, Lookup) = (
            new ReceivablesTable(
                _table,
                new Shards(Shards.DefaultCount),
                _telemetry.RecordTransaction,
                _telemetry.RecordHeartbeat
            ),
            new Queues(_queues),
            new Lookup(lookupTable)
        );
        PaymentPosting = new PaymentPosting(Table, Transactions, Rules.Default);
        InvoiceIntake = new InvoiceIntake(
            Table,
            Lookup,
            Transactions,
            SavedPolicies.Of(_table, _clock),
            new Corrections(Table, Lookup, PaymentPosting, Transactions, Rules.Default),
            NoDocuments.Store,
            Rules.Default,
            Queues,
            _clock
        );
        Idempotency = new Idempotency(lookupTable, _clock);
        Failures = new Failures(new MemoryTable(), _clock, _telemetry);
        PaymentMatch = new PaymentMatch(Lookup, Table, Queues);
        var document = TestData.Document("2026-01-20", "2026-0042");
        InvoiceIntake
            .AcceptAsync(document with { Customer = document.Customer with { Phone = Phone } }, default)
            .GetAwaiter()
            .GetResult();
        Lookup.AddEmailAsync(SentNotice, default).GetAwaiter().GetResult();
    }

    public const string Phone = "+4930123456";
    public static readonly Uri TwilioAddress = new("https://dunning.example/api/twilio/");
    public const string TwilioToken = "token";

    /// <summary>A sent email, to which delivery reports can refer.</summary>
    public static Notice SentNotice { get; } =
        new()
        {
            Id = new("n1"),
            CustomerId = TestData.CustomerId,
            Channel = Channel.Email,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(KnownInvoice.Invoice, new StepId("first"))],
            PlannedAt = ProviderSamples.Now,
            NotBefore = ProviderSamples.Now,
        };

    public ReceiveSmsReply ReceiveSmsReply =>
        new(Twilio, new ReplyIntake(Table, Lookup, Transactions, Rules.Default), _creditor, _clock);
    public ReceiveSmsStatus ReceiveSmsStatus => new(Twilio, Queues, _clock);
    public ReceiveEmailEvent ReceiveEmailEvent => new(Lookup, Queues, _clock);

    public PostInvoice PostInvoice => new(InvoiceIntake, InFlightReminders, Idempotency, _creditor);
    public ImportInvoices ImportInvoices =>
        new(InvoiceIntake, InFlightReminders, _creditor, NullLogger<ImportInvoices>.Instance);
    public RecordPayment RecordPayment => new(Table, PaymentPosting, InFlightReminders, Idempotency, _clock);
    public DeleteEntry DeleteEntry => new(PaymentPosting);
    public GetInvoice GetInvoice => new(Table, Lookup, Rules.Default, _clock);
    public MemoryTable Book => _table;
    public ChangeInvoice ChangeInvoice => new(Changes);
    public AgreeOnInvoice AgreeOnInvoice => new(Changes);
    private RequestedChanges Changes => new(Table, Transactions, Rules.Default, InFlightReminders, _clock);
    private CustomerTransactions Transactions =>
        new(Table, Rules.Default, SavedPolicies.Of(_table, _clock), Queues, _clock);
    private InFlightReminders InFlightReminders => new(Table, _clock);

    private EventDetails Details(WebhookEndpoint[] endpoints) =>
        new(_api, new WebhookEndpoints(endpoints), _clock, NullLogger<EventDetails>.Instance);

    private PendingPaymentMarks Marks(Inbox inbox, WebhookEndpoint[] endpoints) =>
        new(inbox, Details(endpoints), PaymentMatch, PaymentPosting, _clock);

    public static InvoiceId KnownInvoice => InvoiceId.Create(TestData.CustomerId, "api", "2026-0042");

    private static TwilioWebhook Twilio { get; } =
        new(new SmsOptions { WebhookAddress = TwilioAddress.AbsoluteUri, AuthToken = TwilioToken });
    private ReceivablesTable Table { get; }
    private Queues Queues { get; }
    private Lookup Lookup { get; }
    private InvoiceIntake InvoiceIntake { get; }
    private Idempotency Idempotency { get; }
    private Failures Failures { get; }
    private PaymentMatch PaymentMatch { get; }
    private PaymentPosting PaymentPosting { get; }

    /// <summary>Calls a function as the host does; returns the response status.</summary>
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
        // A bulk import answers 200 with one status per line.
        var response = ((MemoryStream)context.Response.Body).ToArray();
        Assert.True(response.AsSpan().IndexOf("\"status\":5"u8) < 0, "a line of the response has a 5xx status");
        return context.Response.StatusCode;
    }

    /// <returns>The response status of a webhook that is received over HTTP.</returns>
    public int ReceiveWebhook(
        WebhookEndpoint endpoint,
        PayPalCertificates certificates,
        byte[] body,
        (string Name, string Value)[] headers
    )
    {
        var inbox = new Inbox(new MemoryTable());
        var intake = CreateIntake(inbox, endpoint);
        var function = new ReceiveWebhook(
            new WebhookEndpoints([endpoint]),
            new WebhookVerification(certificates, _fixedClock),
            intake,
            _telemetry,
            NullLogger<ReceiveWebhook>.Instance
        );
        return Status(
            request => function.Run(request, endpoint.Provider, endpoint.Key, default),
            body,
            "application/json",
            headers: headers
        );
    }

    private WebhookIntake CreateIntake(Inbox inbox, WebhookEndpoint endpoint) =>
        new(inbox, Marks(inbox, [endpoint]), InFlightReminders, Queues, new PaymentFeedRows(new MemoryTable()), _clock);

    /// <summary>
    /// Saves and applies a verified webhook. Returns true when the webhook is saved and all its events could be read.
    /// </summary>
    public bool ApplyWebhook(WebhookEndpoint endpoint, WebhookRequest webhook)
    {
        // A new inbox for each webhook: conflicting deliveries of one event are not the subject of this test.
        var inbox = new Inbox(new MemoryTable());
        var intake = CreateIntake(inbox, endpoint);
        var apply = new ApplyPayment(inbox, Details([endpoint]), PaymentMatch, PaymentPosting, Failures);
        var result = intake.SaveAsync(endpoint, webhook, default).GetAwaiter().GetResult();
        foreach (var message in _queues.Take(Dunning.Queues.PaymentsReceived))
            apply
                .Run(JsonSerializer.Deserialize<PaymentReceived>(message, Rows.Json)!, default)
                .GetAwaiter()
                .GetResult();
        var events = PaymentEvents.Read(endpoint.Provider, webhook);
        Assert.All(events, e => Assert.True(e.Id.Length > 0 && (e.Problem is null || e.Changes.Count == 0)));
        Assert.All(
            events.SelectMany(e => e.Changes),
            change => Assert.True(change.ObjectId.Length > 0 && change.Amount is not { Minor: < 0 })
        );
        return result is IntakeResult.Saved && events.All(e => e.Problem is null);
    }

    /// <exception cref="InvalidOperationException">The rows of the tables are inconsistent.</exception>
    public void CheckInvariants()
    {
        var problems = BookInvariants.FindFlawsAsync(_table).GetAwaiter().GetResult();
        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join("; ", problems));
    }

    private sealed class TickingClock : TimeProvider
    {
        private DateTimeOffset _now = ProviderSamples.Now;

        public override DateTimeOffset GetUtcNow() => _now += TimeSpan.FromMilliseconds(100);
    }
}
