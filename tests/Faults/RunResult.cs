using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.Local.Demo;
using Dunning.Local.MailViewer;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Faults;

/// <summary>The final state of a run.</summary>
/// <param name="InDoubt">Notices that the app lists as in doubt, with the reason.</param>
/// <param name="Rejected">Notices that a provider rejected permanently.</param>
/// <param name="Leftovers">
/// Unexpected at the end: violated invariants, stalled notices, poison messages, unsent notices, unaccepted payments,
/// messages that are not archived as they were sent.
/// </param>
public sealed record RunResult(
    IReadOnlyList<AcceptedMessage> Accepted,
    IReadOnlyDictionary<NoticeKey, string> InDoubt,
    IReadOnlyList<NoticeKey> Rejected,
    IReadOnlyList<ChargedInvoice> Charged,
    IReadOnlyList<string> Leftovers
)
{
    /// <summary>Charges that are missing, doubled, not announced, or of a message that was not sent.</summary>
    public IReadOnlyList<string> WrongCharges =>
        [
            .. Charged.SelectMany(invoice =>
                invoice.FindFlaws(notice => Accepted.Any(a => a.Notice == notice) && !InDoubt.ContainsKey(notice))
            ),
        ];

    public static async Task<RunResult> ReadAsync(HttpClient http, FaultEnvironment environment, FaultScenario scenario)
    {
        var recover = await http.GetFromJsonAsync<JsonElement>("api/manage/recover");
        var flaws = await BookInvariants.FindFlawsAsync(environment.Tables().GetTableClient(Dunning.Tables.Book));
        var events = await EventsAsync(http, scenario);
        return new(
            [.. environment.Providers.Accepted, .. ByPerson(events)],
            recover.GetProperty("inDoubt").EnumerateArray().ToDictionary(NameOf, WhyOf),
            [.. RejectedIn(events)],
            await ChargedInvoice.ReadAsync(http, environment, scenario),
            [
                .. flaws,
                .. Texts("stalled"),
                .. Texts("poisoned"),
                .. await UnsentAsync(environment),
                .. await UnarchivedAsync(environment),
                .. scenario.RetriedPayments.Select(customer =>
                    $"the payment of customer {customer} is still answered with 503"
                ),
            ]
        );

        IEnumerable<string> Texts(string list) => recover.GetProperty(list).EnumerateArray().Select(e => $"{list} {e}");

        static string WhyOf(JsonElement notice) => notice.GetProperty("cause").GetString()!;

        NoticeKey NameOf(JsonElement notice) =>
            new(
                scenario.CustomerNumbers[notice.GetProperty("customerId").GetString()!],
                notice.GetProperty("channel").GetString()!,
                notice.GetProperty("tone").GetString() switch
                {
                    "thankYou" => "thanks",
                    "planAgreed" => "plan",
                    "answer" => "answer",
                    _ => DayOf(notice.GetProperty("notice").GetString()!),
                }
            );
    }

    /// <param name="notice">Notice id, which begins with the time of planning.</param>
    private static string DayOf(string notice) => $"{notice[..4]}-{notice[4..6]}-{notice[6..8]}";

    private static async Task<IReadOnlyList<string>> UnsentAsync(FaultEnvironment environment)
    {
        List<string> unsent = [];
        await foreach (var row in environment.Tables().GetTableClient(Dunning.Tables.Book).QueryAsync<TableEntity>())
        {
            if (
                row.RowKey.StartsWith("l_", StringComparison.Ordinal)
                && row.RowKey.Contains("_o_", StringComparison.Ordinal)
                && Rows.Read<Notice>(row) is { State: NoticeState.Planned } notice
                // A person has to do it.
                && !notice.Channel.IsByPerson()
            )
                unsent.Add(
                    $"still not sent: {notice.CustomerId} {notice.Id}, not before {notice.NotBefore:O}, delayed "
                        + $"{notice.RetryCount} times"
                );
        }
        return unsent;
    }

    /// <summary>Whatever a provider got must be in the archive, exactly as it got it.</summary>
    private static async Task<IReadOnlyList<string>> UnarchivedAsync(FaultEnvironment environment)
    {
        HashSet<(string? Html, string? Text)> archived = [];
        var archive = environment.SentMessages();
        await foreach (var blob in archive.GetBlobsAsync())
        {
            var message = await archive.GetBlobClient(blob.Name).DownloadContentAsync();
            var content = message.Value.Content.ToObjectFromJson<ArchivedMessage>(Rows.Json)!.Content;
            archived.Add((content.Html, content.Text));
        }
        return
        [
            .. from item in environment.Providers.SentMessages.Sent
            let sent = item is SentEmail mail ? (mail.Html, mail.Plain) : (null, ((SentSms)item).Body)
            where !archived.Contains(sent)
            select $"not archived: {item.Id}",
        ];
    }

    /// <summary>The histories of all invoices.</summary>
    private static async Task<IReadOnlyList<(int Customer, JsonElement Event)>> EventsAsync(
        HttpClient http,
        FaultScenario scenario
    )
    {
        List<(int, JsonElement)> events = [];
        foreach (var (id, customer) in scenario.Invoices)
        {
            var invoice = await http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}");
            events.AddRange(invoice.GetProperty("events").EnumerateArray().Select(one => (customer, one)));
        }
        return events;
    }

    /// <summary>What a person said to have posted or called.</summary>
    private static IEnumerable<AcceptedMessage> ByPerson(IEnumerable<(int Customer, JsonElement Event)> events) =>
        from told in events
        where told.Event.GetProperty("kind").GetString() == "sent"
        let channel = told.Event.GetProperty("channels")[0].GetString()!
        where channel is "call" or "letter"
        let day = DayOf(told.Event.GetProperty("notice").GetString()!)
        select new AcceptedMessage(
            "",
            "",
            IsSms: false,
            ReceivedAt: 0,
            DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        )
        {
            ByPerson = new NoticeKey(told.Customer, channel, day),
        };

    private static IEnumerable<NoticeKey> RejectedIn(IEnumerable<(int Customer, JsonElement Event)> events) =>
        from told in events
        where told.Event.GetProperty("kind").GetString() == "rejected"
        let notice = told.Event.GetProperty("notice").GetString()!.Split('-')
        select notice.Contains("plan") ? new NoticeKey(told.Customer, "email", "plan")
        : notice.Contains("answer") ? new NoticeKey(told.Customer, "email", "answer")
        : new NoticeKey(
            told.Customer,
            notice.Contains("task") || notice.Contains("reply") ? "escalation" : notice[^1],
            DayOf(notice[0])
        );
}
