using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Interest and fees by the creditor's own policies file. The creditor sits in Bristol, so that towards a business
/// British law applies where a policy names none.
/// </summary>
public abstract class LateChargeScenario : Scenario
{
    protected abstract override string Policies { get; }

    /// <summary>The mailbox of a customer.</summary>
    protected static string MailboxOf(string customer) => $"ap@{customer}.example";

    /// <summary>An invoice of a customer of its own, so that each message is about one invoice.</summary>
    protected Task<string> PostInvoiceAsync(
        string customer,
        string amount,
        string due,
        string currency = "GBP",
        string country = "GB",
        string zone = "Europe/London",
        string policy = "default",
        string issued = "2026-05-04"
    ) =>
        PostInvoiceAsync(
            With(
                Invoice(
                    $"{customer}-1",
                    amount,
                    issued,
                    due,
                    currency,
                    Customer(customer, MailboxOf(customer), zone: zone, country: country)
                ),
                ("dunning", new { policy })
            )
        );

    /// <summary>The answer of <c>GET …/interest</c>.</summary>
    protected Task<JsonElement> InterestAsync(string id, string? on = null) =>
        Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/interest{(on is null ? "" : $"?on={on}")}");

    /// <summary>Each line: first day, last day, days, principal, rate, amount.</summary>
    protected static IReadOnlyList<string> LinesOf(JsonElement interest) =>
        [
            .. interest
                .GetProperty("lines")
                .EnumerateArray()
                .Select(line =>
                    $"{Text(line, "from")} {Text(line, "until")} {line.GetProperty("days").GetInt32()} "
                    + $"{Text(line, "principal")} {Percent(line)} {Text(line, "amount")}"
                ),
        ];

    private static string Percent(JsonElement line) =>
        line.GetProperty("percent").GetDecimal().ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Of one kind: what may be charged, or why it may not, with the first day on which it may.</summary>
    protected static string PossibleOf(JsonElement interest, string kind) =>
        Said(interest.GetProperty("charges").EnumerateArray().Single(c => Text(c, "kind") == kind));

    private static string Said(JsonElement charge) =>
        Text(charge, "whyNot") is { } whyNot
            ? Text(charge, "earliestOn") is { } day
                ? $"{whyNot} {day}"
                : whyNot
            : Text(charge, "amount")!;

    /// <summary>What was charged: kind, amount and day, and whether it was waived.</summary>
    protected static IReadOnlyList<string> ChargedOf(JsonElement interest) =>
        [
            .. interest
                .GetProperty("charged")
                .EnumerateArray()
                .OrderBy(charge => Text(charge, "on"), StringComparer.Ordinal)
                .ThenBy(charge => Text(charge, "kind"), StringComparer.Ordinal)
                .Select(charge =>
                    $"{Text(charge, "kind")} {Text(charge, "amount")} {Text(charge, "on")}"
                    + (charge.GetProperty("waived").GetBoolean() ? " waived" : "")
                ),
        ];

    /// <summary>Of each payment: its day, and what it changes of costs, interest and principal.</summary>
    protected static IReadOnlyList<string> PaidOf(JsonElement interest) =>
        [
            .. interest
                .GetProperty("allocation")
                .EnumerateArray()
                .Where(movement => Text(movement, "kind") == "payment")
                .Select(movement =>
                    $"{Text(movement, "date")} {Text(movement, "costs")} {Text(movement, "interest")} "
                    + Text(movement, "principal")
                ),
        ];

    /// <summary>The id by which a charge is waived.</summary>
    protected static string ChargeIdOf(JsonElement interest, string kind) =>
        Text(interest.GetProperty("charged").EnumerateArray().Single(charge => Text(charge, "kind") == kind), "id")!;

    protected async Task<(string State, string? Balance)> StandingAsync(string id)
    {
        var invoice = await GetInvoiceAsync(id);
        return (Text(invoice, "state")!, Text(invoice, "balance"));
    }

    /// <summary>The newest message to a customer says it.</summary>
    protected void AssertSaid(string customer, string expected)
    {
        var letter = LetterTo(customer);
        Assert.True(letter.Contains(expected, StringComparison.Ordinal), $"'{expected}' is not in: {letter}");
    }

    protected void AssertNotSaid(string customer, string unexpected)
    {
        var letter = LetterTo(customer);
        Assert.False(letter.Contains(unexpected, StringComparison.Ordinal), $"'{unexpected}' is in: {letter}");
    }

    /// <summary>The newest message to a customer, on one line.</summary>
    private string LetterTo(string customer) =>
        string.Join(
            ' ',
            LettersTo(MailboxOf(customer))[^1].Plain.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>Lets go of a charge.</summary>
    /// <returns>The balance in the answer.</returns>
    protected async Task<string?> WaiveAsync(string id, string charge, string by, string reason)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"api/invoices/{id}/charges/{charge}")
        {
            Content = JsonContent.Create(new { by, reason }),
        };
        using var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Host.PumpAsync();
        return Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "balance");
    }

    protected static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
