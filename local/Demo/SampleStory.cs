using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;

namespace Dunning.Local.Demo;

/// <summary>
/// The actions of the sample customers during the 60 days, through signed webhooks and the API.
/// </summary>
public sealed class SampleStory
{
    private readonly HttpClient _http;
    private readonly IReadOnlyDictionary<string, string> _ids;
    private readonly PriorityQueue<Func<DateTimeOffset, Task>, DateTimeOffset> _actions;
    private bool _brightHasPaid;
    private bool _finalIsApproved;

    /// <param name="ids">Invoice ids by number.</param>
    public SampleStory(HttpClient http, IReadOnlyDictionary<string, string> ids, DateTimeOffset start)
    {
        (_http, _ids) = (http, ids);
        (int Day, Func<DateTimeOffset, Task> Do)[] days =
        [
            (1, _ => PostAsync("HF-1008", "dispute", new { reason = "the goods arrived damaged" })),
            (3, _ => PayAsync("HF-1004", "1000.00", "EUR", "bank-1")),
            (9, now => PayByStandardWebhookAsync("HF-1010", "5400.00", "MYR", now)),
            (12, now => PayByStandardWebhookAsync("HF-1005", "12500.00", "DKK", now)),
            (12, now => PayByStandardWebhookAsync("HF-1006", "3200.00", "DKK", now)),
            (13, now => PayByStandardWebhookAsync("HF-1007", "640.00", "EUR", now)),
            (16, now => PayByStripeAsync("HF-1012", 315075, "usd", now)),
            (18, _ => PayAsync("HF-1004", "1400.00", "EUR", "bank-2")),
            (
                20,
                _ => PostAsync("HF-1009", "hold", new { reason = "asked for two more weeks", until = Day(start, 34) })
            ),
            (22, now => PayByStripeAsync("HF-1003", 9550, "gbp", now)),
            (30, _ => PostAsync("HF-1008", "resume", new { reason = "replacement delivered" })),
        ];
        _actions = new(days.Select(d => (d.Do, start.AddDays(d.Day).AddHours(10))));
    }

    public IEnumerable<string> Customers => _ids.Values.Select(id => id.Split('-')[0]).Distinct();

    public DateTimeOffset? NextAction => _actions.TryPeek(out _, out var at) ? at : null;

    public async Task RunActionsAsync(DateTimeOffset now)
    {
        while (_actions.TryPeek(out var action, out var at) && at <= now)
        {
            _actions.Dequeue();
            await action(now);
        }
        if (_finalIsApproved || await StateAsync("HF-1001") != "needsApproval")
            return;
        // The account manager approves Amberley's final notice on the next day.
        _finalIsApproved = true;
        _actions.Enqueue(
            _ => PostAsync("HF-1001", "resume", new { reason = "called Tom, no response" }),
            now.AddDays(1)
        );
    }

    /// <summary>Bright pays by card while a reminder is planned and not yet sent.</summary>
    public async Task RunActionsBeforeSendingAsync(DateTimeOffset now)
    {
        if (_brightHasPaid || !await IsPlannedAsync("HF-1002"))
            return;
        _brightHasPaid = true;
        await PayByStripeAsync("HF-1002", 32000, "gbp", now);
    }

    private async Task<bool> IsPlannedAsync(string number) =>
        (await ViewAsync(number))
            .GetProperty("events")
            .EnumerateArray()
            .Any(e => e.GetProperty("kind").GetString() == "planned");

    private async Task<string?> StateAsync(string number) => (await ViewAsync(number)).GetProperty("state").GetString();

    private Task<JsonElement> ViewAsync(string number) =>
        _http.GetFromJsonAsync<JsonElement>($"api/invoices/{_ids[number]}");

    private Task PayByStripeAsync(string number, long cents, string currency, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id = $"evt_{number}",
                @object = "event",
                type = "payment_intent.succeeded",
                created = now.ToUnixTimeSeconds(),
                livemode = true,
                data = new
                {
                    @object = new
                    {
                        id = $"pi_{number}",
                        @object = "payment_intent",
                        amount_received = cents,
                        currency,
                        metadata = new { invoice_number = number },
                    },
                },
            }
        );
        var signature = StripeSignature.Sign("whsec_local_stripe_secret", body, now);
        return SendAsync(
            "api/webhooks/stripe/local-stripe-endpoint-key",
            body,
            new Dictionary<string, string> { ["Stripe-Signature"] = signature }
        );
    }

    private Task PayByStandardWebhookAsync(string number, string amount, string currency, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = "payment.received",
                timestamp = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                data = new
                {
                    invoiceNumber = number,
                    paymentId = $"pay-{number}",
                    amount,
                    currency,
                },
            }
        );
        var headers = StandardSignature.Sign(
            "whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0",
            $"msg_{number}",
            body,
            now
        );
        return SendAsync("api/webhooks/standard-webhooks/local-standard-endpoint-key", body, headers);
    }

    private Task PayAsync(string number, string amount, string currency, string paymentId) =>
        SendAsync(
            $"api/invoices/{_ids[number]}/payments",
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    amount,
                    currency,
                    paymentId,
                }
            ),
            new Dictionary<string, string> { ["Idempotency-Key"] = paymentId }
        );

    private Task PostAsync(string number, string what, object body) =>
        SendAsync(
            $"api/invoices/{_ids[number]}/{what}",
            JsonSerializer.SerializeToUtf8Bytes(body),
            new Dictionary<string, string>()
        );

    private async Task SendAsync(string path, byte[] body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new CannotRunHereException(
                $"The sample request to {path} was rejected: {await response.Content.ReadAsStringAsync()}"
            );
    }

    private static string Day(DateTimeOffset start, int day) =>
        start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
