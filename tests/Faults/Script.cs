using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.Stripe;
using Dunning.Recovery;
using Dunning.Scheduling;

namespace Dunning.Tests.Faults;

/// <summary>
/// The scenario that every fault is tried on: fifteen customers on three rungs of the ladder, two mornings, 49 messages
/// over three channels, one payment between the mornings and one between planning and sending. Each act may be done
/// again, as timers, tools and payment processors do. A part is some acts and the time in which they recover.
/// </summary>
public sealed class Script(MovableClock clock)
{
    public const int Customers = 15;

    private const string Secret = "whsec_local_stripe_secret";

    public static readonly DateTimeOffset Start = At("2026-03-02T08:00:00Z");

    private readonly Dictionary<string, int> _customers = [];

    private readonly Dictionary<string, int> _invoices = [];

    private readonly HashSet<int> _undelivered = [];

    /// <summary>By the customer's id.</summary>
    public IReadOnlyDictionary<string, int> CustomerNumbers => _customers;

    /// <summary>Customers' numbers by their invoice's id.</summary>
    public IReadOnlyDictionary<string, int> Invoices => _invoices;

    /// <summary>Customers whose payment was answered 503 so far: the payment processor goes on delivering it.</summary>
    public IReadOnlyCollection<int> Undelivered => _undelivered;

    /// <summary>26 messages: the first morning, and a payment the day after.</summary>
    public IReadOnlyList<Act>[] OneMorning =>
        [
            [PostInvoicesAsync],
            [
                http => TickAsync(http, "2026-03-19T09:00:00Z"),
                PumpAsync,
                http => RecoverAsync(http, "2026-03-19T09:20:00Z"),
                http => RecoverAsync(http, "2026-03-19T10:05:00Z"),
            ],
            [
                http => PayAsync(http, 10, "2026-03-20T10:00:00Z"),
                PumpAsync,
                http => RecoverAsync(http, "2026-03-20T10:20:00Z"),
                http => RecoverAsync(http, "2026-03-20T11:05:00Z"),
            ],
        ];

    public IReadOnlyList<IReadOnlyList<Act>> Whole =>
        [
            .. OneMorning,
            [
                http => TickAsync(http, "2026-03-26T09:00:00Z"),
                http => PumpAsync(http, Queues.Scan),
                http => PayAsync(http, 0, "2026-03-26T09:00:00Z"),
                PumpAsync,
                http => RecoverAsync(http, "2026-03-26T09:20:00Z"),
                http => RecoverAsync(http, "2026-03-26T10:05:00Z"),
            ],
        ];

    /// <summary>What was interrupted more than once waits for longer than the script takes.</summary>
    public IReadOnlyList<Act> RestOfDay =>
        [
            http => RecoverLaterAsync(http, TimeSpan.FromHours(1.5)),
            http => RecoverLaterAsync(http, TimeSpan.FromHours(2)),
            http => RecoverLaterAsync(http, TimeSpan.FromHours(2.5)),
        ];

    /// <summary>
    /// The first morning, and the rest of its day for what had to wait. A lost scan is made up for by the next.
    /// </summary>
    public IReadOnlyList<Act> LongMorning =>
        [
            .. OneMorning[0],
            .. OneMorning[1],
            http => TickAsync(http, "2026-03-19T11:30:00Z"),
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

    /// <summary>Until the first morning's reminders are planned, and before any is sent.</summary>
    public static async Task<(Script Script, HttpClient Http)> PlanMorningAsync(Stage stage)
    {
        stage.Clock.SetTo(Start);
        var script = new Script(stage.Clock);
        var http = await stage.CalmHostAsync();
        await script.PostInvoicesAsync(http);
        await script.TickAsync(http, "2026-03-19T09:00:00Z");
        await PumpAsync(http, Queues.Scan);
        return (script, http);
    }

    public async Task PostInvoicesAsync(HttpClient http)
    {
        for (var customer = 0; customer < Customers; customer++)
        {
            using var answer = await http.PostAsJsonAsync("api/invoices", Invoice(customer, DueDate(customer)));
            var text = await ReadAsync(answer);
            var id = JsonElement.Parse(text).GetProperty("id").GetString()!;
            (_invoices[id], _customers[id.Split('-')[0]]) = (customer, customer);
        }
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
                        email = $"maya{customer:D2}@house.example",
                        role = "accountManager",
                    },
                },
            },
        };

    public async Task TickAsync(HttpClient http, string at)
    {
        await ComeAsync(http, at);
        await RunAsync(http, nameof(FindUpcomingInvoices));
        await RunAsync(http, nameof(FindOverdueInvoices));
    }

    public async Task RecoverAsync(HttpClient http, string at)
    {
        await ComeAsync(http, at);
        foreach (var customer in _undelivered.ToList())
            await DeliverPaymentAsync(http, customer);
        await RunAsync(http, nameof(RequeueStalledNotices));
        await RunAsync(http, nameof(RequeueUnappliedPayments));
        await PumpAsync(http);
    }

    private Task RecoverLaterAsync(HttpClient http, TimeSpan later) =>
        RecoverAsync(http, (clock.GetUtcNow() + later).ToString("O", CultureInfo.InvariantCulture));

    public async Task PayAsync(HttpClient http, int customer, string at)
    {
        await ComeAsync(http, at);
        await DeliverPaymentAsync(http, customer);
    }

    private async Task DeliverPaymentAsync(HttpClient http, int customer)
    {
        using var answer = await SendPaymentAsync(http, customer, clock.GetUtcNow());
        if (answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null })
        {
            _undelivered.Add(customer);
            return;
        }
        await ReadAsync(answer);
        _undelivered.Remove(customer);
    }

    public static async Task<HttpResponseMessage> SendPaymentAsync(HttpClient http, int customer, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Paid(customer));
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
        using var answer = await http.PostAsync(
            new Uri(only is null ? "local/pump" : $"local/pump?only={only}", UriKind.Relative),
            null
        );
        await ReadAsync(answer);
    }

    /// <summary>Moves the clock, storage's with it; never back.</summary>
    public async Task ComeAsync(HttpClient http, string at)
    {
        if (clock.GetUtcNow() < At(at))
            clock.SetTo(At(at));
        using var answer = await http.PostAsJsonAsync(
            "local/clock",
            new { set = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) }
        );
        await ReadAsync(answer);
    }

    private static string Number(int customer) => string.Create(CultureInfo.InvariantCulture, $"HF-{customer:D2}");

    private static object Paid(int customer) =>
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

    private static async Task RunAsync(HttpClient http, string timer)
    {
        using var answer = await http.PostAsync(new Uri($"local/timers/{timer}", UriKind.Relative), null);
        await ReadAsync(answer);
    }

    /// <exception cref="HttpRequestException">Anything but success.</exception>
    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new HttpRequestException($"{(int)answer.StatusCode} {text}");
    }
}
