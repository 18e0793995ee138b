using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.Local.Demo;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Faults;

/// <summary>What a run ended with.</summary>
/// <param name="InDoubt">Notices that the product says it does not know of, and why.</param>
/// <param name="Refused">Notices that a provider refused for good.</param>
/// <param name="Leftovers">
/// What should not be there at the end: flaws of the book, stalled notices, poisoned messages.
/// </param>
public sealed record RunResult(
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyDictionary<NoticeName, string> InDoubt,
    IReadOnlyList<NoticeName> Refused,
    IReadOnlyList<string> Leftovers
)
{
    public static async Task<RunResult> ReadAsync(HttpClient http, Stage stage, Script script)
    {
        var recover = await http.GetFromJsonAsync<JsonElement>("api/manage/recover");
        var flaws = await BookInvariants.FindFlawsAsync(stage.Tables().GetTableClient(Dunning.Tables.Book));
        return new(
            stage.Ledger.Deliveries,
            recover.GetProperty("inDoubt").EnumerateArray().ToDictionary(NameOf, WhyOf),
            await RefusedAsync(http, script),
            [
                .. flaws,
                .. Texts("stalled"),
                .. Texts("poisoned"),
                .. await WaitingAsync(stage),
                .. script.Undelivered.Select(customer => $"the payment of customer {customer} is answered 503 still"),
            ]
        );

        IEnumerable<string> Texts(string list) => recover.GetProperty(list).EnumerateArray().Select(e => $"{list} {e}");

        static string WhyOf(JsonElement notice) => notice.GetProperty("cause").GetString()!;

        NoticeName NameOf(JsonElement notice) =>
            new(
                script.CustomerNumbers[notice.GetProperty("customerId").GetString()!],
                notice.GetProperty("channel").GetString()!,
                notice.GetProperty("tone").GetString() == "thankYou"
                    ? "thanks"
                    : DayOf(notice.GetProperty("notice").GetString()!)
            );
    }

    /// <param name="notice">Its id, which begins with the instant of planning.</param>
    private static string DayOf(string notice) => $"{notice[..4]}-{notice[4..6]}-{notice[6..8]}";

    private static async Task<IReadOnlyList<string>> WaitingAsync(Stage stage)
    {
        List<string> waiting = [];
        await foreach (var row in stage.Tables().GetTableClient(Dunning.Tables.Book).QueryAsync<TableEntity>())
        {
            if (
                row.RowKey.StartsWith("l_", StringComparison.Ordinal)
                && row.RowKey.Contains("_o_", StringComparison.Ordinal)
                && Rows.Read<Notice>(row) is { State: NoticeState.Planned } notice
            )
                waiting.Add(
                    $"waits still: {notice.CustomerId} {notice.Id}, not before {notice.NotBefore:O}, delayed "
                        + $"{notice.RetryCount} times"
                );
        }
        return waiting;
    }

    private static async Task<IReadOnlyList<NoticeName>> RefusedAsync(HttpClient http, Script script)
    {
        List<NoticeName> refused = [];
        foreach (var (id, customer) in script.Invoices)
        {
            var view = await http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}");
            refused.AddRange(
                from happened in view.GetProperty("events").EnumerateArray()
                where happened.GetProperty("kind").GetString() == "rejected"
                let notice = happened.GetProperty("details").GetProperty("notice").GetString()!.Split('-')
                select new NoticeName(customer, notice.Contains("task") ? "escalation" : notice[^1], DayOf(notice[0]))
            );
        }
        return refused;
    }
}
