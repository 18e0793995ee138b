using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Faults;

/// <summary>
/// What a run charged on one of the two invoices of <see cref="FaultScenario.WithCharges"/>, both due on Friday, 20
/// February 2026. By British law both bear 3.75 + 8 = 11.75 % a year: 27 days up to 19 March, 34 up to 26 March.
/// </summary>
/// <param name="Entries">The charges of the ledger.</param>
/// <param name="ChargedEvents">How often the history says that something was charged.</param>
/// <param name="NotChargedEvents">How often the history says that something was not charged.</param>
public sealed record ChargedInvoice(
    string Number,
    IReadOnlyList<string> Entries,
    decimal Balance,
    int ChargedEvents,
    int NotChargedEvents
)
{
    private const string Announcement = "2026-03-02";

    /// <summary>The days of the messages that charge, with what they charge.</summary>
    private static readonly Dictionary<string, (decimal Principal, Dictionary<string, string[]> ByDay)> _due = new()
    {
        ["HF-20"] = (
            119.00m,
            new()
            {
                // 119.00 × 11.75 % × 27 / 365 = 1.034, and × 34 / 365 = 1.302.
                ["2026-03-19"] = ["FixedSum 40.00", "LateInterest 1.03"],
                ["2026-03-26"] = ["LateInterest 0.27"],
            }
        ),
        ["HF-20-2"] = (
            59.50m,
            new()
            {
                // 59.50 × 11.75 % × 27 / 365 = 0.517, and × 34 / 365 = 0.651.
                ["2026-03-19"] = ["FixedSum 40.00", "LateInterest 0.52"],
                ["2026-03-26"] = ["LateInterest 0.13"],
            }
        ),
    };

    public static async Task<IReadOnlyList<ChargedInvoice>> ReadAsync(
        HttpClient http,
        FaultEnvironment environment,
        FaultScenario scenario
    )
    {
        List<LedgerEntry> ledger = [];
        await foreach (var row in environment.Tables().GetTableClient(Dunning.Tables.Book).QueryAsync<TableEntity>())
        {
            if (row.RowKey.StartsWith("p_", StringComparison.Ordinal))
                ledger.Add(Rows.Read<LedgerEntry>(row));
        }
        List<ChargedInvoice> charged = [];
        foreach (var id in scenario.Invoices.Where(i => i.Value == FaultScenario.WithCharges).Select(i => i.Key))
        {
            var invoice = await http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}");
            var kinds = invoice
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("kind").GetString())
                .ToList();
            charged.Add(
                new(
                    invoice.GetProperty("number").GetString()!,
                    [
                        .. ledger
                            .Where(e => e.Provider == LedgerEntry.FromPolicy && id.Split('-')[1] == e.InvoiceId)
                            .Select(e => $"{e.Kind} {e.Amount.ToDecimalString()}")
                            .Order(StringComparer.Ordinal),
                    ],
                    decimal.Parse(invoice.GetProperty("balance").GetString()!, CultureInfo.InvariantCulture),
                    kinds.Count(kind => kind == "charged"),
                    kinds.Count(kind => kind == "notCharged")
                )
            );
        }
        return charged;
    }

    /// <summary>
    /// Each charge exactly once if one of its messages was sent, after one that announced it; none otherwise.
    /// </summary>
    /// <param name="wasSent">Whether a message to the customer was accepted, and the app is sure of it.</param>
    public IEnumerable<string> FindFlaws(Func<NoticeKey, bool> wasSent)
    {
        var (principal, byDay) = _due[Number];
        List<string[]> due = [];
        var announced = wasSent(new(FaultScenario.WithCharges, "email", Announcement));
        foreach (var (day, charges) in byDay)
        {
            var byEmail = wasSent(new(FaultScenario.WithCharges, "email", day));
            if (announced && (byEmail || wasSent(new(FaultScenario.WithCharges, "sms", day))))
                due.Add(charges);
            // An SMS announces nothing.
            announced = byEmail;
        }
        var expected = due.SelectMany(charges => charges).Order(StringComparer.Ordinal).ToList();
        var balance =
            principal + expected.Sum(charge => decimal.Parse(charge.Split(' ')[1], CultureInfo.InvariantCulture));
        if (!expected.SequenceEqual(Entries))
            yield return $"{Number}: charged {string.Join(", ", Entries)} in place of {string.Join(", ", expected)}";
        if (Balance != balance)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Number}: owes {Balance} in place of {balance}");
        if (ChargedEvents != due.Count || due.Count > 0 && NotChargedEvents > 0)
            yield return $"{Number}: its history says {ChargedEvents} times that it charged, {NotChargedEvents} times that it did not";
    }
}
