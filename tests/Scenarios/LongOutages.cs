using System.Globalization;
using Dunning.Receivables;
using Dunning.Recovery;
using Dunning.Tests.Policies;
using Xunit.Abstractions;

namespace Dunning.Tests.Scenarios;

/// <summary>The scheduler or the senders are off for days, with customers on every rung in six zones.</summary>
public sealed class LongOutages(ITestOutputHelper output) : ManyLadders
{
    private static readonly EventKind[] _taken =
    [
        EventKind.Planned,
        EventKind.Covered,
        EventKind.TaskForPerson,
        EventKind.ApprovalNeeded,
        EventKind.NotSent,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(40)]
    public async Task The_scheduler_is_off_and_no_step_is_lost_and_nobody_is_flooded(int days)
    {
        var back = Start.AddDays(days);
        var due = Invoices.ToDictionary(i => i.Id, i => StepsUntil(back, i));
        Host.Clock.SetTo(back);
        await TickAsync();
        // Three days, so that a weekend passes: by then every customer has had a first morning.
        await GoOnUntilAsync(back.AddDays(3));

        AssertInTheWindow();
        Assert.InRange(MostOnOneDay(), 0, 1);
        var told = await EventsOfAllAsync();
        var steps = due.SelectMany(d => d.Value.Select(step => (Invoice: d.Key, Step: step))).ToLookup(FateOf);
        Print(
            $"scheduler off {days} days",
            steps.Sum(s => s.Count()),
            steps["taken"].Count(),
            steps["superseded"].Count(),
            steps["lost"].Count()
        );
        Assert.Empty(steps["lost"]);

        await ApproveAllAsync();
        await GoOnUntilAsync(back.AddDays(10));
        AssertInTheWindow();
        Assert.Equal(1, MostOnOneDay());
        foreach (var (id, events) in await EventsOfAllAsync())
            AssertGoesOn(id, events);

        string FateOf((InvoiceId Invoice, string Step) step) =>
            told[step.Invoice].Any(e => _taken.Contains(e.Kind) && Names(e, step.Step)) ? "taken"
            : told[step.Invoice].Any(e => e.Kind is EventKind.StepSkipped && Names(e, step.Step)) ? "superseded"
            : "lost";
    }

    [Fact]
    public async Task The_senders_are_off_and_what_is_sent_is_the_newest_word()
    {
        const int days = 10;
        var back = Start.AddDays(days);
        await GoOnUntilAsync(back, PlanOnlyAsync);
        Assert.Empty(Host.Outbox.Sent);
        var planned = (await EventsOfAllAsync()).ToDictionary(e => e.Key, e => e.Value.Count(IsPlanned));

        await TickAsync();
        await GoOnUntilAsync(back.AddDays(5));

        AssertInTheWindow();
        Assert.Equal(1, MostOnOneDay());
        var told = await EventsOfAllAsync();
        var unsaid = told.Where(e => planned[e.Key] > 0 && !e.Value.Any(IsSent)).Select(e => e.Key.ToString()).ToList();
        Print(
            $"senders off {days} days",
            planned.Values.Sum(),
            told.Values.Sum(e => e.Count(IsSent)),
            told.Values.Sum(e => e.Count(x => x.Kind is EventKind.NotSent)),
            unsaid.Count
        );
        Assert.True(
            unsaid.Count == 0,
            string.Join(
                "\n",
                told.Where(e => unsaid.Contains(e.Key.ToString()))
                    .Take(2)
                    .Select(e => string.Join(" | ", e.Value.Select(x => $"{x.At:MM-dd HH:mm} {x.What}")))
            )
        );

        static bool IsPlanned(InvoiceEvent invoiceEvent) => invoiceEvent.Kind is EventKind.Planned;
        // Where a call came due meanwhile, it has taken the reminder's place: then a person has been told.
        static bool IsSent(InvoiceEvent invoiceEvent) => invoiceEvent.Kind is EventKind.Sent;
    }

    private async Task ApproveAllAsync()
    {
        foreach (var invoice in Invoices)
        {
            if (await StateAsync(invoice.Id.ToString()) == "needsApproval")
                await ChangeAsync(invoice.Id.ToString(), "resume", new { reason = "approved" });
        }
    }

    private async Task PlanOnlyAsync()
    {
        await PlanAsync();
        await Host.RunTimerAsync(nameof(RequeueStalledNotices));
    }

    private async Task<Dictionary<InvoiceId, IReadOnlyList<InvoiceEvent>>> EventsOfAllAsync()
    {
        Dictionary<InvoiceId, IReadOnlyList<InvoiceEvent>> told = [];
        foreach (var invoice in Invoices)
            told[invoice.Id] = await Book.ReadEventsAsync(invoice.Id, CancellationToken.None);
        return told;
    }

    /// <summary>What a scheduler that is on would have done by then, each approval given at once.</summary>
    private List<string> StepsUntil(DateTimeOffset end, Invoice invoice) =>
        [
            .. Walk.Up(invoice with { AcceptedAt = Start }, CustomerOf(invoice), Rules)
                .Select(line =>
                    (
                        At: DateTimeOffset.ParseExact(
                            line[..16],
                            "yyyy-MM-dd HH:mm",
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.AssumeUniversal
                        ),
                        Step: line[17..]
                    )
                )
                .Where(step => step.At <= end)
                .Select(step => step.Step),
        ];

    /// <summary>A task is told in its own words, every other step by its name.</summary>
    private bool Names(InvoiceEvent invoiceEvent, string step) =>
        invoiceEvent.Kind switch
        {
            EventKind.StepSkipped => invoiceEvent.What.Split(": ")[^1].Split(", ").Contains(step),
            EventKind.TaskForPerson => invoiceEvent.What == Rules.Policies.Newest("default").Find(step)!.FollowUp,
            _ => invoiceEvent.What.Contains($"'{step}'", StringComparison.Ordinal),
        };

    /// <summary>Upwards only, and three days apart.</summary>
    private void AssertGoesOn(InvoiceId id, IReadOnlyList<InvoiceEvent> events)
    {
        var invoice = Invoices.Single(i => i.Id == id);
        var policy = Rules.Policies.Of(invoice);
        var steps = events
            .Where(e => e.Kind is EventKind.Planned or EventKind.TaskForPerson)
            .Select(e =>
                (
                    On: Rules.Today(CustomerOf(invoice), e.At),
                    Rank: policy.RankOf(policy.Steps.Single(s => Names(e, s.Id)).Id)
                )
            )
            .ToList();
        Assert.All(
            steps.Zip(steps.Skip(1)),
            pair =>
            {
                Assert.True(
                    pair.Second.Rank > pair.First.Rank,
                    $"{id}: {string.Join(" | ", events.Select(e => e.What))}"
                );
                Assert.True(
                    pair.Second.On.DayNumber - pair.First.On.DayNumber >= policy.MinDaysBetweenNotices,
                    $"{id}: {string.Join(" | ", events.Select(e => $"{e.At:O} {e.What}"))}"
                );
            }
        );
    }

    private void Print(string what, int due, int sent, int superseded, int lost) =>
        output.WriteLine(
            $"{what}: {Invoices.Count} invoices, {due} steps due, {sent} sent or given to a person, {superseded} "
                + $"superseded, {lost} lost, {MostOnOneDay()} notice at most for a customer, channel and day"
        );
}
