using System.Text.RegularExpressions;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>What a policy must keep to. Each rule names the field and what to write.</summary>
internal static partial class PolicyRules
{
    private const int MaxDays = 3650;

    /// <summary>With the longest periods, days of every year are left.</summary>
    private const int MaxQuietPeriods = 3;

    /// <summary>Of the three lists together, with their repetitions.</summary>
    private const int MaxSteps = 200;

    private const int MaxCopies = 5;

    /// <summary>The tones that a step can have: the others are those of messages that no step sends.</summary>
    public static readonly IReadOnlyList<NoticeTone> Tones =
    [
        .. Enum.GetValues<NoticeTone>().Where(tone => tone.IsReminder()),
        NoticeTone.FollowUp,
        NoticeTone.Collection,
    ];

    public static IEnumerable<PolicyProblem> Find(Policy policy) =>
        [
            .. OfPolicy(policy),
            .. OfTerms(policy),
            .. OfAudience(policy.For),
            .. OfQuietDays(policy.QuietDays),
            .. OfSteps("steps", policy.Steps),
            .. OfSteps("planSteps", policy.PlanSteps),
            .. OfSteps("collectionSteps", policy.CollectionSteps),
            .. OfIds(policy),
        ];

    private static IEnumerable<PolicyProblem> OfPolicy(Policy policy)
    {
        if (!IsName(policy.Name))
            yield return new("#/name", "invalid_name", "write 1 to 64 characters, such as gentle-2");
        if (policy.Version < 1)
            yield return new("#/version", "too_small", "write 1 or more");
        if (policy.Steps.Count == 0)
            yield return new("#/steps", "no_steps", "add at least one step");
        if (policy.AllSteps.Skip(MaxSteps).Any())
            yield return new("#/steps", "too_many", $"write at most {MaxSteps} steps, with their repetitions");
        if (policy.SendAt < new TimeOnly(8, 0) || policy.SendAt > new TimeOnly(17, 0))
            yield return new("#/sendAt", "outside_hours", "write a time from 08:00 to 17:00");
        if (policy.MinDaysBetweenNotices is < 1 or > MaxDays)
            yield return new("#/minDaysBetweenNotices", "out_of_range", $"write a number from 1 to {MaxDays}");
        var most = policy
            .AllSteps.Select(step => step.Channels.Count(c => c is not Channel.Escalation))
            .Append(1)
            .Max();
        if (policy.MaxRemindersPerWeek < most)
            yield return new(
                "#/maxRemindersPerWeek",
                "too_small",
                $"write {most} or more: a step has as many channels"
            );
        if (policy.TermsDays is < 1 or > MaxDays)
            yield return new("#/termsDays", "out_of_range", $"write a number of days from 1 to {MaxDays}");
        foreach (var (field, days) in DaysOf(policy).Where(field => field.Days is < 0 or > MaxDays))
            yield return new($"#/{field}", "out_of_range", $"write a number of days from 0 to {MaxDays}");
    }

    private static IEnumerable<(string Field, int Days)> DaysOf(Policy policy) =>
        [
            ("planGraceBusinessDays", policy.PlanGraceBusinessDays),
            ("promiseGraceBusinessDays", policy.PromiseGraceBusinessDays),
            ("portalPromiseDays", policy.PortalPromiseDays),
            ("claimedPaymentBusinessDays", policy.ClaimedPaymentBusinessDays),
            ("discountLagBusinessDays", policy.DiscountLagBusinessDays),
        ];

    private static IEnumerable<PolicyProblem> OfTerms(Policy policy)
    {
        foreach (var (currency, text) in policy.Tolerance)
            if (!IsAmount(text, currency))
                yield return new(
                    $"#/tolerance/{currency}",
                    "invalid_amount",
                    "write a currency by its ISO code with a decimal, such as \"EUR\": \"0.05\""
                );
        var terms = policy.LateCharges;
        if (terms.Law is { } law && Interest.Jurisdictions.Default.Find(law) is null)
            yield return new(
                "#/lateCharges/law",
                "unknown_law",
                $"use one of {string.Join(", ", Interest.Jurisdictions.Default.All.Select(known => known.Code))}"
            );
        if (terms.InterestPercent is <= 0 or > 100)
            yield return new(
                "#/lateCharges/interestPercent",
                "out_of_range",
                "write a number above 0 and at most 100, such as 8.5"
            );
    }

    private static IEnumerable<PolicyProblem> OfAudience(PolicyAudience? audience)
    {
        if (audience is null)
            yield break;
        if (audience.Groups.Count == 0 && audience.AmountFrom.Count == 0 && !audience.IsAboutBehaviour)
            yield return new(
                "#/for",
                "empty",
                "name groups, amountFrom, daysLateFrom or daysLateUpTo, or leave the field out"
            );
        if (audience.DaysLateFrom > audience.DaysLateUpTo)
            yield return new("#/for/daysLateUpTo", "too_small", "write at least as many days as daysLateFrom");
        if (audience.DaysLateFrom is < -MaxDays or > MaxDays)
            yield return new("#/for/daysLateFrom", "out_of_range", $"write at most {MaxDays} days");
        if (audience.DaysLateUpTo is < -MaxDays or > MaxDays)
            yield return new("#/for/daysLateUpTo", "out_of_range", $"write at most {MaxDays} days");
        foreach (var (group, i) in audience.Groups.Select((group, i) => (group, i)))
            if (string.IsNullOrWhiteSpace(group))
                yield return new($"#/for/groups/{i}", "empty", "write the group as the customers have it");
        foreach (var (currency, text) in audience.AmountFrom)
            if (!IsAmount(text, currency))
                yield return new(
                    $"#/for/amountFrom/{currency}",
                    "invalid_amount",
                    "write a currency by its ISO code with a decimal, such as \"EUR\": \"5000.00\""
                );
    }

    private static IEnumerable<PolicyProblem> OfQuietDays(IReadOnlyList<string> days)
    {
        if (days.Count > MaxQuietPeriods)
            yield return new("#/quietDays", "too_many", $"write at most {MaxQuietPeriods} periods");
        foreach (var (text, i) in days.Select((text, i) => (text, i)))
            if (QuietPeriod.TryParse(text) is null)
                yield return new(
                    $"#/quietDays/{i}",
                    "invalid_days",
                    $"write 12-24..01-01 for every year, 2026-08-03..2026-08-21 for once, or one day; at most "
                        + $"{QuietPeriod.MaxDays} days"
                );
    }

    private static bool IsAmount(string text, string currency) =>
        Money.TryParse(text, currency, out var amount, out _) && amount.Minor >= 0;

    /// <summary>An id names one step of the whole policy.</summary>
    private static IEnumerable<PolicyProblem> OfIds(Policy policy)
    {
        HashSet<StepId> seen = [];
        foreach (var (pointer, step) in StepsOf(policy))
        {
            var id = step.Id;
            if (DunningSchedule.IsReserved(id))
                yield return new(pointer, "reserved_id", "choose another id: the app uses this one");
            else if (!IsName(id.Value))
                yield return new(pointer, "invalid_id", "write 1 to 64 characters, such as gentle-2");
            var ids = step.Repetitions.Select(one => one.Id).ToList();
            if (ids.Exists(seen.Contains))
                yield return new(
                    pointer,
                    "duplicate_id",
                    "choose an id that no other step has, nor a repetition of one"
                );
            seen.UnionWith(ids);
        }
    }

    private static IEnumerable<(string Pointer, Step Step)> StepsOf(Policy policy) =>
        [
            .. policy.Steps.Select((step, i) => ($"#/steps/{i}/id", step)),
            .. policy.PlanSteps.Select((step, i) => ($"#/planSteps/{i}/id", step)),
            .. policy.CollectionSteps.Select((step, i) => ($"#/collectionSteps/{i}/id", step)),
        ];

    private static IEnumerable<PolicyProblem> OfSteps(string list, IReadOnlyList<Step> steps)
    {
        List<Step> before = [];
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            IEnumerable<(string Field, string Code, string Fix)?> found =
            [
                .. OfDays(step, before),
                .. OfChannels(step),
                .. OfRepetition(step),
                .. OfCopies(step),
                .. OfContent(step),
                .. OfCharges(step, before),
                .. OfFormalLetter(step, before),
            ];
            if (i > 0 && steps[i - 1] is { Repeat: not null } above && IsBefore(step, above.Repetitions.Last()))
                yield return new(
                    $"#/{list}/{i}/{(step.Days is null ? "businessDays" : "days")}",
                    "out_of_order",
                    "write a day after the last repetition of the step above it"
                );
            foreach (var problem in found.OfType<(string Field, string Code, string Fix)>())
                yield return new($"#/{list}/{i}/{problem.Field}", problem.Code, problem.Fix);
            before.AddRange(step.Repetitions);
        }
    }

    /// <summary>Compares business days, as about so many calendar days, with calendar days.</summary>
    private static bool IsBefore(Step step, Step other)
    {
        return (step.Days is null || other.Days is null) && DaysOf(step) < DaysOf(other);

        static int? DaysOf(Step one) => one.Days ?? one.BusinessDays * 7 / 5;
    }

    private static IEnumerable<(string, string, string)?> OfDays(Step step, List<Step> before) =>
        [
            step.Days is null == step.BusinessDays is null
                ? ("days", "one_of_two", "write either days or businessDays")
                : null,
            (step.Days ?? step.BusinessDays) is < -MaxDays or > MaxDays
                ? (step.Days is null ? "businessDays" : "days", "out_of_range", $"write at most {MaxDays} days")
                : null,
            step is { ShortTermBusinessDays: not null, BusinessDays: null }
                ? ("shortTermBusinessDays", "needs_business_days", "write businessDays, too, or leave it out")
                : null,
            step is { From: CountFrom.DueDate, Days: { } days }
            && before.Exists(s => s is { From: CountFrom.DueDate, Days: { } earlier } && earlier > days)
                ? (
                    "days",
                    "out_of_order",
                    "order the steps by their days: this one lies before the step above it or its repetition"
                )
                : null,
            step is { Tone: NoticeTone.Upcoming, IsUpcoming: false } && (step.Days ?? step.BusinessDays) > 0
                ? ("tone", "too_late", "use another tone: upcoming is for days before the due date")
                : null,
            step is { SendUntilDays: not null, Tone: NoticeTone.FollowUp }
                ? ("sendUntilDays", "task", "leave it out: a task for a person is never too late")
                : null,
            step.SendUntilDays is < 0 or > MaxDays
                ? ("sendUntilDays", "out_of_range", $"write a number of days from 0 to {MaxDays}")
                : null,
        ];

    private static IEnumerable<(string, string, string)?> OfRepetition(Step step) =>
        [
            step.Repeat?.EveryDays is < 1 or > 365
                ? ("repeat/everyDays", "out_of_range", "write a number of days from 1 to 365")
                : null,
            step.Repeat?.Times is < 1 or > Repetition.MaxTimes
                ? (
                    "repeat/times",
                    "out_of_range",
                    $"write how often after the first time, from 1 to {Repetition.MaxTimes}"
                )
                : null,
            step.Repetitions.Last() is var last && (last.Days ?? last.BusinessDays) > MaxDays && step.Repeat is not null
                ? ("repeat/times", "too_many", $"write fewer times: the last one lies more than {MaxDays} days away")
                : null,
            step.Repeat is not null
            && (
                step.Tone.IsFormal()
                || step.IsUpcoming
                || step.Tone is NoticeTone.Upcoming or NoticeTone.DueToday or NoticeTone.Collection
            )
                ? ("repeat", "not_a_reminder", "leave it out: only a reminder after the due date or a task is repeated")
                : null,
            step.MinDaysSinceReminder is < 1 or > MaxDays
                ? ("minDaysSinceReminder", "out_of_range", $"write a number of days from 1 to {MaxDays}")
                : null,
        ];

    private static IEnumerable<(string, string, string)?> OfCopies(Step step)
    {
        if (step.CopyTo.Count == 0)
            yield break;
        yield return step.CopyTo.Count > MaxCopies ? ("copyTo", "too_many", $"name at most {MaxCopies} roles") : null;
        yield return step.Channels.Contains(Channel.Email)
            ? null
            : ("copyTo", "no_email", "add the channel email, or leave it out: a copy is of an email");
        foreach (var (role, i) in step.CopyTo.Select((role, i) => (role, i)))
            yield return string.IsNullOrWhiteSpace(role)
                ? ($"copyTo/{i}", "empty", "write the role as the contacts have it, such as purchasing")
            : step.Channels.Contains(Channel.Escalation) && Contact.IsEscalationRole(role)
                ? ($"copyTo/{i}", "copied_twice", "leave it out: the channel escalation sends them a copy")
            : null;
    }

    private static IEnumerable<(string, string, string)?> OfChannels(Step step) =>
        [
            step.Channels.Distinct().Count() < step.Channels.Count
                ? ("channels", "duplicate", "name each channel once")
                : null,
            step.Tone is not NoticeTone.FollowUp && !step.Channels.All(channel => CanUse(channel, step.Tone))
                ? ("channels", "email_only", "choose email or letter: no other channel has room for what it says")
                : null,
            step.Tone is NoticeTone.FollowUp && step.Channels.Count > 0
                ? ("channels", "task", "choose none: a task for a person is sent to no customer")
                : null,
        ];

    private static bool CanUse(Channel channel, NoticeTone tone) =>
        tone.CanGoBy(channel) && (channel is not Channel.Escalation || tone.IsSentBySms());

    private static IEnumerable<(string, string, string)?> OfContent(Step step) =>
        [
            step.Signer is { Name: var name } && string.IsNullOrWhiteSpace(name)
                ? ("signer/name", "empty", "write the name of a person, or leave signer out")
                : null,
            step.Signer is { Name.Length: > 100 } ? ("signer/name", "too_long", "write at most 100 characters") : null,
            step.PayByDays is < 1 or > MaxDays
                ? ("payByDays", "out_of_range", $"write a number of days from 1 to {MaxDays}")
                : null,
            step is { PayByDays: null } && (step.Tone is NoticeTone.Final || step.Tone.IsFormal())
                ? ("payByDays", "required", "write the days to pay: the letter names a date")
                : null,
        ];

    private static IEnumerable<(string, string, string)?> OfCharges(Step step, List<Step> before)
    {
        var canCharge = step is { IsUpcoming: false, Channels.Count: > 0 } && step.Tone.IsReminder();
        yield return (step.Charge.Count > 0 || step.ShowCharges) && !canCharge
            ? (
                step.ShowCharges ? "showCharges" : "charge",
                "not_a_reminder",
                "leave it out: only a reminder after the due date can have it"
            )
            : null;
        // An SMS has no room to announce it.
        var announces =
            before
                .LastOrDefault(s => s is { Enabled: true, Channels.Count: > 0 })
                ?.Channels.Any(channel => channel is Channel.Email or Channel.Letter)
            is true;
        yield return step is { Enabled: true, Channels.Count: > 0, Charge.Count: > 0 } && !announces
            ? (
                "charge",
                "not_announced",
                "add an email or a letter before it, which announces what is charged, or leave it out"
            )
            : null;
    }

    private static IEnumerable<(string, string, string)?> OfFormalLetter(Step step, List<Step> before)
    {
        if (step.Tone.IsFormal())
        {
            yield return step.NeedsApproval
                ? null
                : (
                    "needsApproval",
                    "needs_approval",
                    "let it wait for approval (true): a person decides on such a letter"
                );
            yield return step.IsUpcoming ? ("days", "too_early", "choose a day after the due date") : null;
            yield return step.Channels is [_] ? null : ("channels", "email_only", "choose email or letter, one alone");
        }
        yield return step.Tone is NoticeTone.Termination && string.IsNullOrWhiteSpace(step.Ends)
            ? ("ends", "required", "say what ends if it is not paid")
            : null;
        if (step.Tone is not NoticeTone.CreditReport)
            yield break;
        yield return string.IsNullOrWhiteSpace(step.Agency) ? ("agency", "required", "name the credit agency") : null;
        yield return before.Exists(s => s is { Enabled: true, Tone: NoticeTone.FollowUp })
            ? null
            : ("tone", "call_first", "add a step with the tone followUp before it: a person calls first");
    }

    /// <summary>Of a policy or a step.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    [GeneratedRegex(@"^(?!\s)[^\p{C}]{1,64}(?<!\s)\z")]
    private static partial Regex Name();
}
