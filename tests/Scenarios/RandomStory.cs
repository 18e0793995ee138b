using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Customers in several zones and what happens to their invoices: agreements, payments, stops and days on which the
/// app does not run. The same seed gives the same story.
/// </summary>
internal sealed class RandomStory(int seed, HttpClient http, DateTimeOffset start)
{
    private static readonly (string Zone, string Country)[] _places =
    [
        ("Europe/London", "GB"),
        ("America/Los_Angeles", "US"),
        ("Pacific/Auckland", "NZ"),
        ("Asia/Riyadh", "SA"),
    ];

    private readonly Random _random = new(seed);
    private readonly List<string> _invoices = [];

    public IReadOnlyList<string> Invoices => _invoices;

    /// <summary>Four days without a scan, with a weekend.</summary>
    public static bool IsDown(int day) => day is >= 24 and < 28;

    public bool IsDown(DateOnly day) =>
        day.DayNumber - DateOnly.FromDateTime(start.UtcDateTime).DayNumber is >= 23 and <= 28;

    public async Task ActAsync(int day)
    {
        for (var i = 0; day < 20 && i < 2; i++)
            await PostInvoiceAsync(day);
        for (var i = 0; i < 2 && _invoices.Count > 0; i++)
            // Two plans of one customer are never agreed in the same second.
            await ChangeAsync(_invoices[_random.Next(_invoices.Count)], day, canAgreePlan: i == 0);
        if (day is 15 or 35)
            await SendAsync("api/manage/stop", new { by = "Maya", reason = "a wrong address" });
        if (day is 17 or 36)
            await SendAsync(
                "api/manage/start",
                new
                {
                    by = "Maya",
                    reason = "corrected",
                    confirm = true,
                }
            );
    }

    private async Task PostInvoiceAsync(int day)
    {
        var (customer, number) = (_random.Next(12), _invoices.Count);
        var (zone, country) = _places[customer % _places.Length];
        // Some are overdue for weeks when they arrive.
        var due = day + _random.Next(-20, 12);
        using var response = await http.PostAsJsonAsync(
            "api/invoices",
            new
            {
                externalId = $"R-{number}",
                number = $"R-{number}",
                issueDate = Date(Math.Min(due - 30, day)),
                dueDate = Date(due),
                currency = "EUR",
                amountDue = "100.00",
                customer = new
                {
                    externalId = $"customer-{customer}",
                    name = $"Customer {customer}",
                    email = customer == 5 ? null : $"ap@customer-{customer}.example",
                    phone = customer == 6 ? "+6421555123" : null,
                    timeZone = zone,
                    country,
                },
                dunning = customer == 7 && day > 10 ? new { doNotContact = true } : null,
            }
        );
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        _invoices.Add(JsonElement.Parse(text).GetProperty("id").GetString()!);
    }

    /// <summary>Some changes are not possible in the invoice's state: then nothing happens.</summary>
    private Task ChangeAsync(string id, int day, bool canAgreePlan)
    {
        var until = day + _random.Next(2, 12);
        return _random.Next(9) switch
        {
            0 => SendAsync($"api/invoices/{id}/hold", new { reason = "called", until = Date(until) }),
            1 => SendAsync($"api/invoices/{id}/hold", new { reason = "called" }),
            2 => SendAsync($"api/invoices/{id}/dispute", new { reason = "damaged" }),
            3 => SendAsync($"api/invoices/{id}/promise", new { date = Date(until), by = "Maya" }),
            4 => SendAsync($"api/invoices/{id}/extend", new { dueDate = Date(until), by = "Maya" }),
            5 when canAgreePlan => SendAsync(
                $"api/invoices/{id}/plan",
                new
                {
                    parts = 3,
                    from = Date(until),
                    everyDays = 7,
                    by = "Maya",
                }
            ),
            6 => SendAsync(
                $"api/invoices/{id}/dispute",
                new
                {
                    reason = "a part",
                    amount = "30.00",
                    currency = "EUR",
                }
            ),
            7 => SendAsync($"api/invoices/{id}/payments", Payment(id, day), $"{id}-{day}"),
            _ => SendAsync($"api/invoices/{id}/resume", new { reason = "over" }),
        };
    }

    private object Payment(string id, int day) =>
        new
        {
            amount = _random.Next(2) == 0 ? "100.00" : "40.00",
            currency = "EUR",
            paidOn = Date(day),
            paymentId = $"{id}-{day}",
        };

    private async Task SendAsync(string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode is 409 or 422 or 503, text);
    }

    private string Date(int day) => start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
