using Dunning.Explanations;
using Dunning.Local.Demo;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Days are run as they come, and before each scan it is noted which steps are due by the rules of that moment. At the
/// end, what is stored must explain every day of every invoice, and each of those steps on its days.
/// </summary>
[Trait("Category", "Long")]
public sealed class ExplainedReplay(ITestOutputHelper output) : Scenario
{
    private static readonly EventKind[] _newSchedules =
    [
        EventKind.PromiseBroken,
        EventKind.PlanBroken,
        EventKind.PartMissed,
        EventKind.Resumed,
        EventKind.Extended,
        EventKind.PlanAgreed,
    ];

    private readonly HashSet<(InvoiceId Invoice, StepId Step, DateOnly Day)> _due = [];
    private List<InvoiceId> _invoices = [];

    [Fact]
    public async Task Every_day_and_every_due_step_of_the_sample_book_has_a_stored_reason()
    {
        var ids = await SampleBook.PostAsync(Http, DateOnly.FromDateTime(Start.UtcDateTime), CancellationToken.None);
        _invoices = [.. ids.Values.Select(Id)];

        await Replay.RunAsync(Host, new SampleStory(Http, ids, Start), Start.AddDays(60), NoteDueStepsAsync);

        await AssertExplainedAsync(Start.AddDays(60), minSteps: 40);
    }

    /// <summary>Two with <c>DUNNING_EXPLANATIONS=full</c>: the first one takes most of a minute.</summary>
    public static TheoryData<int> Seeds { get; } =
        Environment.GetEnvironmentVariable("DUNNING_EXPLANATIONS") is { Length: > 0 } ? [1, 2] : [2];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_day_and_every_due_step_of_a_random_book_has_a_stored_reason(int seed)
    {
        ExpectedWarnings.Add("All sending is stopped");
        var story = new RandomStory(seed, Http, Start);
        for (var day = 0; day < 50; day++)
        {
            Host.Clock.SetTo(Start.AddDays(day).AddHours(8));
            await story.ActAsync(day);
            _invoices = [.. story.Invoices.Select(Id)];
            if (RandomStory.IsDown(day))
                continue;
            // The zones of the customers have their mornings at different times; some scans fall outside the window.
            foreach (var hour in new[] { 9, 21 })
            {
                Host.Clock.SetTo(Start.AddDays(day).AddHours(hour));
                await NoteDueStepsAsync();
                await RunTimersAsync();
                await RecoverAsync();
            }
        }

        await AssertExplainedAsync(Start.AddDays(50), minSteps: 60, story);
    }

    private static InvoiceId Id(string id) =>
        InvoiceId.TryParse(id, out var invoice) ? invoice : throw new ArgumentException(id);

    private async Task NoteDueStepsAsync()
    {
        var (rules, now) = (Host.Services.GetRequiredService<DunningRules>(), Host.Clock.GetUtcNow());
        foreach (var customer in _invoices.Select(id => id.Customer).Distinct())
        {
            if (await Table.ReadAsync(customer, CancellationToken.None) is not { } account)
                continue;
            var context = new DunningContext(account.Customer.Value, rules, now);
            foreach (var stored in account.Invoices.Select(i => i.Value))
            {
                // The days of a hold do not count, and the row has the hold until the scan ends it.
                var isOver = stored.Dunning.Hold?.Until <= context.Today;
                var invoice = isOver ? stored.Unpaused(now) : stored;
                var steps = DunningSchedule.Reached(context, invoice).Select(step => step.Id).ToList();
                if (invoice.Dunning.Next is { } next && next.At <= now && !DunningSchedule.IsReserved(next.Step))
                    steps.Add(next.Step);
                _due.UnionWith(steps.Select(step => (invoice.Id, step, context.Today)));
            }
        }
    }

    private async Task AssertExplainedAsync(DateTimeOffset end, int minSteps, RandomStory? story = null)
    {
        if (Host.Clock.GetUtcNow() < end)
            Host.Clock.SetTo(end);
        var why = Host.Services.GetRequiredService<DayDecisionReader>();
        Dictionary<InvoiceId, InvoiceHistory> histories = [];
        foreach (var id in _invoices)
            histories[id] = (await why.ReadHistoryAsync(id, CancellationToken.None))!;
        var days = histories.Values.SelectMany(Days).ToList();
        var steps = _due.Select(due => (Due: due, Decision: DayDecision.Decide(histories[due.Invoice], due.Day)))
            .ToList();

        var silentDays = days.Where(d => !IsReason(d.Decision.Code, story, d.Decision.Date)).ToList();
        var silentSteps = steps.Where(s => !Explains(histories[s.Due.Invoice], s.Decision, s.Due.Step)).ToList();
        output.WriteLine($"{steps.Count - silentSteps.Count} of {steps.Count} (invoice, step, day)");
        output.WriteLine($"{days.Count - silentDays.Count} of {days.Count} (invoice, day)");
        foreach (var code in days.GroupBy(d => d.Decision.Code).OrderByDescending(g => g.Count()))
            output.WriteLine($"{code.Count()} {code.Key}: {code.First().Decision.Words}");
        foreach (var (due, decision) in silentSteps)
            output.WriteLine($"silent: {Describe(histories[due.Invoice], decision)}, step {due.Step}");
        foreach (var (history, decision) in silentDays)
            output.WriteLine($"silent: {Describe(history, decision)}");
        Assert.Empty(silentSteps);
        Assert.Empty(silentDays);
        Assert.True(steps.Count >= minSteps, $"only {steps.Count} steps fell due");
    }

    private static IEnumerable<(InvoiceHistory History, DayDecision Decision)> Days(InvoiceHistory history)
    {
        for (var day = history.AcceptedOn; day <= history.Today; day = day.AddDays(1))
            yield return (history, DayDecision.Decide(history, day));
    }

    private static bool IsReason(DayDecisionCode code, RandomStory? story, DateOnly day) =>
        code switch
        {
            DayDecisionCode.NotRecorded => false,
            // Nothing ran on that day, and that is the true reason.
            DayDecisionCode.NotDecided => story?.IsDown(day) is true,
            _ => true,
        };

    /// <summary>A step that is due is explained by itself, or by what set the schedule anew on that day.</summary>
    private static bool Explains(InvoiceHistory history, DayDecision decision, StepId step) =>
        decision.Skipped.Contains(step)
        || decision.Events.Any(e => _newSchedules.Contains(e.Kind))
        || decision.Code switch
        {
            DayDecisionCode.NotRecorded or DayDecisionCode.NotDecided or DayDecisionCode.NoFurtherStep => false,
            DayDecisionCode.NextStepLater or DayDecisionCode.NotAccepted => false,
            // Folded into a message about the customer's other invoices, or after the minimum days since this one.
            DayDecisionCode.Sent => decision.Messages.Any(message => message.Step == step || message.Step is null)
                || history.SnapshotOf(decision.Date)?.Next is { DelayedBy: not null } next && next.Step == step,
            _ => true,
        };

    private static string Describe(InvoiceHistory history, DayDecision decision) =>
        $"{history.Invoice.Document.Number} on {decision.Date:yyyy-MM-dd}: {decision.Code}: {decision.Words}; events: "
        + string.Join(" | ", history.Events.Select(e => $"{e.At:MM-dd HH:mm} {e.Kind} {e.Step} {e.Block}{e.Reason}"));
}
