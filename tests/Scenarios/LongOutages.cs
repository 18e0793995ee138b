using System.Globalization;
using Dunning.Receivables;
using Dunning.Recovery;
using Dunning.Tests.Faults;
using Dunning.Tests.Policies;
using Xunit.Abstractions;

namespace Dunning.Tests.Scenarios;

/// <summary>The scheduler or the senders are off for days, with customers at every step in six zones.</summary>
[Trait("Category", "Long")]
public sealed class LongOutages(ITestOutputHelper output) : ManySchedules
{
    private static readonly EventKind[] _takenKinds =
    [
        EventKind.Planned,
        EventKind.Covered,
        EventKind.TaskForPerson,
        EventKind.ApprovalNeeded,
        EventKind.NotSent,
    ];

    public static TheoryData<int> Days => FaultFixture.Full ? [1, 10, 40] : [10];

    [Theory]
    [MemberData(nameof(Days))]
    public async Task After_days_without_scheduler_no_step_is_lost_and_nobody_gets_two_notices_a_day(int days)
    {
        var back = Start.AddDays(days);
        var due = Invoices.ToDictionary(i => i.Id, i => StepsUntil(back, i));
        Host.Clock.SetTo(back);
        await RunTimersAsync();
        // Three days, to include a weekend: then every customer had a first morning.
        await AdvanceUntilAsync(back.AddDays(3));

        AssertInSendWindow();
        Assert.InRange(MaxNoticesPerDay(), 0, 1);
        var eventsByInvoice = await EventsOfAllAsync();
        var steps = due.SelectMany(d => d.Value.Select(step => (Invoice: d.Key, Step: step))).ToLookup(OutcomeOf);
        Print(
            $"scheduler off {days} days",
            steps.Sum(s => s.Count()),
            steps["taken"].Count(),
            steps["superseded"].Count(),
            steps["lost"].Count()
        );
        Assert.Empty(steps["lost"]);

        await ApproveAllAsync();
        await AdvanceUntilAsync(back.AddDays(10));
        AssertInSendWindow();
        Assert.Equal(1, MaxNoticesPerDay());
        foreach (var (id, events) in await EventsOfAllAsync())
            AssertStepsAscend(id, events);

        string OutcomeOf((InvoiceId Invoice, string Step) step) =>
            eventsByInvoice[step.Invoice].Any(e => _takenKinds.Contains(e.Kind) && IsAboutStep(e, step.Step)) ? "taken"
            : eventsByInvoice[step.Invoice].Any(e => e.Kind is EventKind.StepSkipped && IsAboutStep(e, step.Step))
                ? "superseded"
            : "lost";
    }

    [Fact]
    public async Task After_days_without_senders_only_the_newest_notice_is_sent()
    {
        const int days = 7;
        var back = Start.AddDays(days);
        await AdvanceUntilAsync(back, PlanOnlyAsync);
        Assert.Empty(Host.Outbox.Sent);
        var planned = (await EventsOfAllAsync()).ToDictionary(e => e.Key, e => e.Value.Count(IsPlanned));

        await RunTimersAsync();
        await AdvanceUntilAsync(back.AddDays(4));

        AssertInSendWindow();
        Assert.Equal(1, MaxNoticesPerDay());
        var eventsByInvoice = await EventsOfAllAsync();
        var withoutNotice = eventsByInvoice
            .Where(e => planned[e.Key] > 0 && !e.Value.Any(IsSent))
            .Select(e => e.Key.ToString())
            .ToList();
        Print(
            $"senders off {days} days",
            planned.Values.Sum(),
            eventsByInvoice.Values.Sum(e => e.Count(IsSent)),
            eventsByInvoice.Values.Sum(e => e.Count(x => x.Kind is EventKind.NotSent)),
            withoutNotice.Count
        );
        Assert.True(
            withoutNotice.Count == 0,
            string.Join(
                "\n",
                eventsByInvoice
                    .Where(e => withoutNotice.Contains(e.Key.ToString()))
                    .Take(2)
                    .Select(e => string.Join(" | ", e.Value.Select(x => $"{x.At:MM-dd HH:mm} {x.What}")))
            )
        );

        static bool IsPlanned(InvoiceEvent invoiceEvent) => invoiceEvent.Kind is EventKind.Planned;
        // A call that fell due meanwhile replaces the reminder; then the follow-up was sent to a person.
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
        Dictionary<InvoiceId, IReadOnlyList<InvoiceEvent>> eventsByInvoice = [];
        foreach (var invoice in Invoices)
            eventsByInvoice[invoice.Id] = await Table.ReadEventsAsync(invoice.Id, CancellationToken.None);
        return eventsByInvoice;
    }

    /// <summary>
    /// The steps that a running scheduler would have taken by then, with each approval given immediately.
    /// </summary>
    private List<string> StepsUntil(DateTimeOffset end, Invoice invoice) =>
        [
            .. ScheduleSimulation
                .Run(invoice with { AcceptedAt = Start }, CustomerOf(invoice), Rules)
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

    private static bool IsAboutStep(InvoiceEvent invoiceEvent, string step) =>
        invoiceEvent.Kind switch
        {
            EventKind.StepSkipped => invoiceEvent.SkippedSteps!.Contains(new(step)),
            _ => invoiceEvent.Step == new StepId(step),
        };

    /// <summary>Steps ascend, with the policy's minimum number of days between them.</summary>
    private void AssertStepsAscend(InvoiceId id, IReadOnlyList<InvoiceEvent> events)
    {
        var invoice = Invoices.Single(i => i.Id == id);
        var policy = Rules.Policies.Of(invoice);
        var steps = events
            .Where(e => e.Kind is EventKind.Planned or EventKind.TaskForPerson)
            .Select(e =>
                (
                    On: Rules.Today(CustomerOf(invoice), e.At),
                    Rank: policy.RankOf(policy.Steps.Single(s => IsAboutStep(e, s.Id.Value)).Id)
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

    private void Print(string title, int due, int sent, int superseded, int lost) =>
        output.WriteLine(
            $"{title}: {Invoices.Count} invoices, {due} steps due, {sent} sent or given to a person, {superseded} "
                + $"superseded, {lost} lost, {MaxNoticesPerDay()} notice at most for a customer, channel and day"
        );
}
