using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Local;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.Stripe;
using Dunning.Recovery;
using Dunning.Scheduling;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Portal;

namespace Dunning.Tests.Faults;

/// <summary>
/// The scenario for all faults: 15 customers at three steps of the schedule; three with a payment plan that breaks, a
/// promise that is not kept and a credit note; one who writes back and is answered, one who promises on the portal, and
/// one who is charged interest and a fixed sum on two invoices; one who is written to by letter and one who is called;
/// two mornings, 74 messages on five channels, one payment between the mornings and one between planning and sending.
/// Each action can be repeated, as timers, client tools, mail servers and payment processors do. A part is a list of
/// actions that ends with recovery.
/// </summary>
public sealed class FaultScenario(MovableClock clock)
{
    /// <summary>Those without an agreement.</summary>
    public const int Customers = 15;

    public const int WithPlan = 15;
    private const int WithPromise = 16;
    private const int WithCreditNote = 17;
    public const int WithReply = 18;
    private const int WithPortalPromise = 19;
    public const int WithCharges = 20;
    private const int WithLetters = 21;
    private const int WithCalls = 22;

    private const string Secret = "whsec_local_stripe_secret";

    public static readonly DateTimeOffset Start = At("2026-03-02T08:00:00Z");

    private readonly Dictionary<string, int> _customers = [];

    private readonly Dictionary<string, int> _invoices = [];

    private readonly HashSet<int> _retriedPayments = [];

    /// <summary>The answer to the reply was refused so far, because the same request is still running.</summary>
    private bool _mustAnswerAgain;

    /// <summary>A person was refused so far.</summary>
    private bool _mustActAgain;

    /// <summary>The form of the portal, as the page before the confirmation holds it.</summary>
    private (string Path, Dictionary<string, string> Fields)? _portalForm;

    /// <summary>Customers' numbers by customer id.</summary>
    public IReadOnlyDictionary<string, int> CustomerNumbers => _customers;

    /// <summary>Customers' numbers by invoice id.</summary>
    public IReadOnlyDictionary<string, int> Invoices => _invoices;

    /// <summary>
    /// Customers whose payment webhook was answered with 503 so far: the payment processor delivers it again.
    /// </summary>
    public IReadOnlyCollection<int> RetriedPayments => _retriedPayments;

    /// <summary>
    /// Answers of customers, what will be charged, the first morning, and a payment on the next day: 38 messages.
    /// </summary>
    public IReadOnlyList<HostAction>[] OneMorning =>
        [
            BeforeTheMorning,
            [
                http => ScanAsync(http, "2026-03-19T09:00:00Z"),
                PumpAsync,
                http => RecoverAsync(http, "2026-03-19T09:20:00Z"),
                ActAsync,
                http => RecoverAsync(http, "2026-03-19T10:05:00Z"),
            ],
            [
                http => PayAsync(http, 10, "2026-03-20T10:00:00Z"),
                AnswerReplyAsync,
                PumpAsync,
                http => RecoverAsync(http, "2026-03-20T10:20:00Z"),
                http => RecoverAsync(http, "2026-03-20T11:05:00Z"),
            ],
        ];

    /// <summary>Invoices, agreements, answers of customers, and the message that announces charges.</summary>
    public IReadOnlyList<HostAction> BeforeTheMorning =>
        [
            PostAllAsync,
            ReceiveReplyAsync,
            PumpAsync,
            AskOnPortalAsync,
            http => SetClockAsync(http, "2026-03-02T08:05:00Z"),
            ConfirmOnPortalAsync,
            http => RecoverAsync(http, "2026-03-02T08:20:00Z"),
            http => ScanAsync(http, "2026-03-02T09:05:00Z"),
            PumpAsync,
            http => RecoverAsync(http, "2026-03-02T09:25:00Z"),
            http => RecoverAsync(http, "2026-03-02T10:10:00Z"),
        ];

    public IReadOnlyList<IReadOnlyList<HostAction>> TwoMornings =>
        [
            .. OneMorning,
            [
                http => ScanAsync(http, "2026-03-26T09:00:00Z"),
                http => PumpAsync(http, Queues.Scan),
                http => PayAsync(http, 0, "2026-03-26T09:00:00Z"),
                PumpAsync,
                http => RecoverAsync(http, "2026-03-26T09:20:00Z"),
                ActAsync,
                http => RecoverAsync(http, "2026-03-26T10:05:00Z"),
            ],
        ];

    /// <summary>Later recovery runs, for notices whose retry delay exceeds the time of the scenario.</summary>
    public IReadOnlyList<HostAction> RestOfDay =>
        [
            http => RecoverLaterAsync(http, TimeSpan.FromHours(1.5)),
            http => RecoverLaterAsync(http, TimeSpan.FromHours(2)),
            http => RecoverLaterAsync(http, TimeSpan.FromHours(2.5)),
        ];

    /// <summary>
    /// The first morning and the rest of its day, for delayed notices. A second scan replaces a lost one.
    /// </summary>
    public IReadOnlyList<HostAction> LongMorning =>
        [
            .. OneMorning[0],
            .. OneMorning[1],
            http => ScanAsync(http, "2026-03-19T11:30:00Z"),
            http => RecoverAsync(http, "2026-03-19T11:30:00Z"),
            http => RecoverAsync(http, "2026-03-19T13:30:00Z"),
            http => RecoverAsync(http, "2026-03-19T16:00:00Z"),
        ];

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    /// <summary>Due two weeks, one week or three business days before the first morning.</summary>
    public static string DueDate(int customer) =>
        (customer / 5) switch
        {
            0 => "2026-03-16",
            1 => "2026-03-12",
            _ => "2026-03-05",
        };

    /// <summary>
    /// Runs the scenario up to the point where the first morning's reminders are planned and none is sent.
    /// </summary>
    public static async Task<(FaultScenario Scenario, HttpClient Http)> PlanMorningAsync(FaultEnvironment environment)
    {
        environment.Clock.SetTo(Start);
        var scenario = new FaultScenario(environment.Clock);
        var http = await environment.ConnectToFaultFreeHostAsync();
        await scenario.PostInvoicesAsync(http);
        await scenario.ScanAsync(http, "2026-03-19T09:00:00Z");
        await PumpAsync(http, Queues.Scan);
        return (scenario, http);
    }

    private async Task PostAllAsync(HttpClient http)
    {
        await PostInvoicesAsync(http);
        await AgreeAsync(http);
        await PostChargedAsync(http);
        await PreferAsync(http, WithLetters, "letter");
        await PreferAsync(http, WithCalls, "call");
    }

    /// <summary>A customer who is reminded by a person.</summary>
    private async Task PreferAsync(HttpClient http, int customer, string channel)
    {
        var invoice = await PostInvoiceAsync(http, customer, Invoice(customer, "2026-03-16"));
        using var changed = await http.PutAsJsonAsync(
            $"api/customers/{invoice.Split('-')[0]}",
            new
            {
                by = "Maya",
                channels = new[] { channel },
                address = new
                {
                    line1 = "1 Quay Street",
                    postalCode = "BS1 4DJ",
                    city = "Bristol",
                },
            }
        );
        await ReadAsync(changed);
    }

    /// <summary>A person prints and posts the letter and makes the call, and tries again what failed.</summary>
    public async Task ActAsync(HttpClient http)
    {
        _mustActAgain = true;
        foreach (var letter in await WaitingAsync(http, "letters", WithLetters))
        {
            var letters = new[] { letter };
            if (
                !await TryPostAsync(http, "letters/print", new { by = "Maya", letters })
                || !await TryPostAsync(http, "letters/posted", new { by = "Maya", letters })
            )
                return;
        }
        foreach (var call in await WaitingAsync(http, "calls", WithCalls))
            if (!await TryPostAsync(http, $"calls/{call}/result", new { by = "Maya", result = "reached" }))
                return;
        _mustActAgain = false;
    }

    private async Task<IReadOnlyList<string>> WaitingAsync(HttpClient http, string list, int customer)
    {
        using var answer = await http.GetAsync($"api/manage/{list}");
        return
        [
            .. JsonElement
                .Parse(await ReadAsync(answer))
                .GetProperty(list)
                .EnumerateArray()
                .Select(item => item.GetProperty("id").GetString()!)
                .Where(id => _customers[id.Split('.')[0]] == customer),
        ];
    }

    /// <returns>False when the app could not do it now.</returns>
    private static async Task<bool> TryPostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync($"api/manage/{path}", body);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError)
            return false;
        await ReadAsync(response);
        return true;
    }

    /// <summary>Of the customers without an agreement.</summary>
    public async Task PostInvoicesAsync(HttpClient http)
    {
        for (var customer = 0; customer < Customers; customer++)
            await PostInvoiceAsync(http, customer, Invoice(customer, DueDate(customer)));
    }

    /// <summary>
    /// A plan whose first part is late on the first morning and missed by the second; a promise that is broken by the
    /// first morning; a credit note that names its invoice.
    /// </summary>
    private async Task AgreeAsync(HttpClient http)
    {
        var planned = await PostInvoiceAsync(http, WithPlan, Invoice(WithPlan, "2026-03-30", "120.00"));
        await PostAsync(
            http,
            $"{planned}/plan",
            new
            {
                parts = 2,
                from = "2026-03-16",
                everyDays = 14,
                by = "Maya",
            }
        );
        var promised = await PostInvoiceAsync(http, WithPromise, Invoice(WithPromise, "2026-03-02"));
        await PostAsync(http, $"{promised}/promise", new { date = "2026-03-13", by = "Maya" });
        await PostInvoiceAsync(http, WithCreditNote, Invoice(WithCreditNote, "2026-03-16"));
        using var credited = await http.PostAsJsonAsync("api/invoices", CreditNote(WithCreditNote));
        await ReadAsync(credited);
    }

    /// <summary>Two invoices of one customer, overdue for ten days: one message about both.</summary>
    private async Task PostChargedAsync(HttpClient http)
    {
        await PostInvoiceAsync(http, WithCharges, Charged(Number(WithCharges), "119.00"));
        await PostInvoiceAsync(http, WithCharges, Charged($"{Number(WithCharges)}-2", "59.50"));
    }

    /// <summary>A customer writes: the mail server delivers the message again until it is taken.</summary>
    private async Task ReceiveReplyAsync(HttpClient http)
    {
        await PostInvoiceAsync(http, WithReply, Invoice(WithReply, "2026-03-16"));
        using var content = new StringContent(
            MailText.Message($"debtor{WithReply}@customer.example", "Which order was that?"),
            Encoding.UTF8,
            "message/rfc822"
        );
        using var received = await http.PostAsync("api/inbound-mail/local-inbound-mail-key", content);
        await ReadAsync(received);
    }

    private async Task AnswerReplyAsync(HttpClient http)
    {
        var replies = await http.GetFromJsonAsync<JsonElement>("api/manage/replies");
        var reply = replies.EnumerateArray().Single(one => CustomerOf(one) == WithReply);
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"api/manage/replies/{reply.GetProperty("customerId")}/{reply.GetProperty("messageSid")}/answer"
        )
        {
            Content = JsonContent.Create(new { by = "Maya", text = "It was order 7." }),
        };
        request.Headers.Add("Idempotency-Key", "answer");
        using var answered = await http.SendAsync(request);
        // The first request was killed: it counts as running for minutes.
        _mustAnswerAgain = answered.StatusCode is HttpStatusCode.Conflict;
        if (!_mustAnswerAgain)
            await ReadAsync(answered);
    }

    private int? CustomerOf(JsonElement reply) =>
        reply.TryGetProperty("customerId", out var id) && id.GetString() is { } known ? _customers[known] : null;

    /// <summary>Fills in the form of a promise and reads what will happen. It changes nothing.</summary>
    private async Task AskOnPortalAsync(HttpClient http)
    {
        var invoice = await PostInvoiceAsync(http, WithPortalPromise, Invoice(WithPortalPromise, "2026-03-02"));
        var path = $"{await CustomerLink.CreateAsync(http, invoice)}/answer/willPay";
        var fields = new Dictionary<string, string> { ["invoices"] = invoice, ["date"] = "2026-03-13" };
        using var form = new FormUrlEncodedContent(fields);
        using var asked = await http.PostAsync(path, form);
        fields["check"] = PortalScenario.CheckOf(await ReadAsync(asked));
        _portalForm = (path, fields);
    }

    private async Task ConfirmOnPortalAsync(HttpClient http)
    {
        var (path, fields) = _portalForm!.Value;
        using var form = new FormUrlEncodedContent(fields);
        using var confirmed = await http.PostAsync(path, form);
        await ReadAsync(confirmed);
    }

    private async Task<string> PostInvoiceAsync(HttpClient http, int customer, object invoice)
    {
        using var response = await http.PostAsJsonAsync("api/invoices", invoice);
        var id = JsonElement.Parse(await ReadAsync(response)).GetProperty("id").GetString()!;
        (_invoices[id], _customers[id.Split('-')[0]]) = (customer, customer);
        return id;
    }

    private static async Task PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync($"api/invoices/{path}", body);
        await ReadAsync(response);
    }

    private static JsonNode CreditNote(int customer)
    {
        var note = JsonSerializer.SerializeToNode(Invoice(customer, "2026-03-16", "19.00"))!;
        note["externalId"] = $"credit-{customer}";
        note["number"] = $"credit-{customer}";
        note["kind"] = "creditNote";
        note["precedingInvoice"] = Number(customer);
        return note;
    }

    private static JsonNode Charged(string number, string amountDue)
    {
        var invoice = JsonSerializer.SerializeToNode(Invoice(WithCharges, "2026-02-20", amountDue))!;
        invoice["externalId"] = number;
        invoice["number"] = number;
        invoice["dunning"] = new JsonObject { ["policy"] = ChargingPolicy.Name };
        return invoice;
    }

    public static object Invoice(int customer, string dueDate, string amountDue = "119.00", string? status = null) =>
        new
        {
            externalId = Number(customer),
            number = Number(customer),
            issueDate = "2026-02-01",
            dueDate,
            currency = "GBP",
            amountDue,
            status,
            customer = new
            {
                externalId = Number(customer),
                name = $"Customer {customer}",
                email = $"debtor{customer:D2}@customer.example",
                phone = $"+4477009001{customer:D2}",
                timeZone = "Europe/London",
                country = "GB",
                contacts = new object[]
                {
                    new
                    {
                        name = "Manager",
                        email = $"boss{customer:D2}@customer.example",
                        role = "management",
                    },
                    new
                    {
                        name = "Maya",
                        email = $"maya{customer:D2}@creditor.example",
                        role = "accountManager",
                    },
                },
            },
        };

    public async Task ScanAsync(HttpClient http, string at)
    {
        await SetClockAsync(http, at);
        await RunTimerAsync(http, nameof(FindUpcomingInvoices));
        await RunTimerAsync(http, nameof(FindOverdueInvoices));
    }

    public async Task RecoverAsync(HttpClient http, string at)
    {
        await SetClockAsync(http, at);
        foreach (var customer in _retriedPayments.ToList())
            await DeliverPaymentAsync(http, customer);
        if (_mustAnswerAgain)
            await AnswerReplyAsync(http);
        if (_mustActAgain)
            await ActAsync(http);
        await RunTimerAsync(http, nameof(RequeueStalledNotices));
        await RunTimerAsync(http, nameof(RequeueUnappliedPayments));
        await PumpAsync(http);
    }

    private Task RecoverLaterAsync(HttpClient http, TimeSpan later) =>
        RecoverAsync(http, (clock.GetUtcNow() + later).ToString("O", CultureInfo.InvariantCulture));

    public async Task PayAsync(HttpClient http, int customer, string at)
    {
        await SetClockAsync(http, at);
        await DeliverPaymentAsync(http, customer);
    }

    private async Task DeliverPaymentAsync(HttpClient http, int customer)
    {
        using var response = await SendPaymentAsync(http, customer, clock.GetUtcNow());
        if (response is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null })
        {
            _retriedPayments.Add(customer);
            return;
        }
        await ReadAsync(response);
        _retriedPayments.Remove(customer);
    }

    public static async Task<HttpResponseMessage> SendPaymentAsync(HttpClient http, int customer, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(PaymentSucceeded(customer));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/stripe/local-stripe-endpoint-key")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Stripe-Signature", StripeSignature.Sign(Secret, body, now));
        return await http.SendAsync(request);
    }

    public static Task PumpAsync(HttpClient http) => PumpAsync(http, null);

    public static async Task PumpAsync(HttpClient http, string? only)
    {
        using var response = await http.PostAsync(
            new Uri(only is null ? "local/pump" : $"local/pump?only={only}", UriKind.Relative),
            null
        );
        await ReadAsync(response);
    }

    /// <summary>Moves the clock of test, hosts and storage forward, never back.</summary>
    public async Task SetClockAsync(HttpClient http, string at)
    {
        if (clock.GetUtcNow() < At(at))
            clock.SetTo(At(at));
        using var response = await http.PostAsJsonAsync(
            "local/clock",
            new { set = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) }
        );
        await ReadAsync(response);
    }

    private static string Number(int customer) => string.Create(CultureInfo.InvariantCulture, $"HF-{customer:D2}");

    private static object PaymentSucceeded(int customer) =>
        new
        {
            id = $"evt_{customer}",
            @object = "event",
            type = "payment_intent.succeeded",
            created = 1772442000,
            livemode = true,
            data = new
            {
                @object = new
                {
                    id = $"pi_{customer}",
                    @object = "payment_intent",
                    amount_received = 11900,
                    currency = "gbp",
                    metadata = new { invoice_number = Number(customer) },
                },
            },
        };

    private static async Task RunTimerAsync(HttpClient http, string timer)
    {
        using var response = await http.PostAsync(new Uri($"local/timers/{timer}", UriKind.Relative), null);
        await ReadAsync(response);
    }

    /// <exception cref="HttpRequestException">Anything but success.</exception>
    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text
            : throw new HttpRequestException($"{(int)response.StatusCode} {text}");
    }
}
