using System.Text.Json.Serialization;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// A dunning policy: a versioned list of steps. An invoice keeps the version with which it was accepted, so a change of
/// the policy must be a new version.
/// </summary>
/// <param name="Steps">In the order in which they are taken.</param>
public sealed record Policy(string Name, int Version, IReadOnlyList<Step> Steps)
{
    /// <summary>Time of day in the customer's zone at which a step falls due; from 08:00 to 17:00.</summary>
    public TimeOnly SendAt { get; init; } = new(9, 0);

    /// <summary>
    /// Minimum days between two reminders to one customer, and between two steps of one invoice, counted from the day
    /// on which the first was sent.
    /// </summary>
    public int MinDaysBetweenNotices { get; init; } = 3;

    /// <summary>
    /// Where a step after the due date falls within a long holiday, such as Easter: after it, or before it.
    /// </summary>
    public LongHolidayRule LongHolidays { get; init; }

    /// <summary>
    /// Days on which no reminder is sent, besides those of the customer's calendar: <c>12-27..12-31</c> each year,
    /// <c>2026-08-03..2026-08-21</c> once, or single days. See <see cref="QuietPeriod"/>.
    /// </summary>
    public IReadOnlyList<string> QuietDays { get; init; } = [];

    /// <summary>
    /// The new invoices that follow it when neither the document nor the customer names a policy; null for none.
    /// </summary>
    public PolicyAudience? For { get; init; }

    /// <summary>
    /// How many reminders a customer may get within seven days, by email and SMS together; null for no limit but that
    /// of the law. What is too much waits.
    /// </summary>
    public int? MaxRemindersPerWeek { get; init; }

    /// <summary>
    /// Payment terms in days when the source gives no due date. 30 is the statutory period of Directive 2011/7/EU art.
    /// 3(3).
    /// </summary>
    public int TermsDays { get; init; } = 30;

    /// <summary>
    /// The steps about each part of a payment plan, counted from the part's due date. When the grace has passed, the
    /// part is missed, and the invoice goes on with <see cref="Steps"/>.
    /// </summary>
    public IReadOnlyList<Step> PlanSteps { get; init; } = BuiltInSteps.Plan;

    /// <summary>
    /// The steps about an invoice whose money the creditor collects: they announce it. When the collection fails, the
    /// invoice goes on with <see cref="Steps"/>.
    /// </summary>
    public IReadOnlyList<Step> CollectionSteps { get; init; } = BuiltInSteps.Collection;

    /// <summary>How many business days after its due date a part of a plan may be paid.</summary>
    public int PlanGraceBusinessDays { get; init; } = 5;

    /// <summary>How many business days after the promised day a payment keeps a promise.</summary>
    public int PromiseGraceBusinessDays { get; init; } = 2;

    /// <summary>
    /// How far away the day may be that a customer promises on the portal, and how often it may be moved there: once. A
    /// later one is asked of a person.
    /// </summary>
    public int PortalPromiseDays { get; init; } = 14;

    /// <summary>
    /// How many business days after the day of payment that a customer names on the portal the money may arrive.
    /// </summary>
    public int ClaimedPaymentBusinessDays { get; init; } = 5;

    /// <summary>
    /// Whether credit notes that name no invoice are set off against the customer's open invoices, the oldest first.
    /// </summary>
    public bool NetCredits { get; init; }

    /// <summary>
    /// The shortfall up to which a part payment settles the invoice (a bank's fee, for example): a decimal per
    /// currency. Zero for currencies that are not listed.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tolerance { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How many business days after the last day of a discount the money may arrive: the time that the banks take.
    /// Zero: the value date decides.
    /// </summary>
    public int DiscountLagBusinessDays { get; init; }

    /// <summary>What was agreed on interest and fees.</summary>
    public LateChargeTerms LateCharges { get; init; } = new();

    /// <summary>The tolerance in minor units.</summary>
    public long ToleranceIn(string currency) =>
        Tolerance.TryGetValue(currency, out var text) && Money.TryParse(text, currency, out var tolerance, out _)
            ? tolerance.Minor
            : 0;

    [JsonIgnore]
    public PolicyVersion Key => new(Name, Version);

    /// <summary>The steps of the three lists, each repetition as a step of its own.</summary>
    [JsonIgnore]
    public IEnumerable<Step> AllSteps => StepLists.SelectMany(steps => steps);

    [JsonIgnore]
    internal IReadOnlyList<IReadOnlyList<Step>> StepLists =>
        [StepsOf(StepList.Invoice), StepsOf(StepList.Plan), StepsOf(StepList.Collection)];

    public Step? Find(StepId? stepId) => AllSteps.FirstOrDefault(s => s.Id == stepId);

    /// <summary>The minimum days between the last reminder to the customer and a step.</summary>
    /// <param name="step">Null for any.</param>
    public int MinDaysBefore(Step? step) => step?.MinDaysSinceReminder ?? MinDaysBetweenNotices;

    /// <summary>No reminder is sent on the day.</summary>
    public bool IsQuiet(DateOnly day) =>
        QuietDays.Count > 0 && QuietDays.Any(text => QuietPeriod.TryParse(text) is { } period && period.Includes(day));

    /// <summary>
    /// Position in the policy; -1 before the first step, and for a step about a plan or a collection.
    /// </summary>
    public int RankOf(StepId? stepId)
    {
        var steps = StepsOf(StepList.Invoice);
        for (var rank = 0; rank < steps.Count; rank++)
        {
            if (steps[rank].Id == stepId)
                return rank;
        }
        return -1;
    }

    /// <summary>The steps of a list, each repetition as a step of its own.</summary>
    public IReadOnlyList<Step> StepsOf(StepList list) =>
        Repeated(
            list switch
            {
                StepList.Plan => PlanSteps,
                StepList.Collection => CollectionSteps,
                _ => Steps,
            }
        );

    private static IReadOnlyList<Step> Repeated(IReadOnlyList<Step> steps) =>
        steps.Any(step => step.Repeat is not null) ? [.. steps.SelectMany(step => step.Repetitions)] : steps;
}

public enum LongHolidayRule
{
    Later,
    Earlier,
}

/// <summary>Which invoices a policy is for: what is set must all hold.</summary>
public sealed record PolicyAudience
{
    /// <summary>The creditor's own labels of customers; empty for any customer.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>
    /// The smallest amount of an invoice, a decimal per currency; empty for any amount. Invoices in other currencies
    /// are not meant.
    /// </summary>
    public IReadOnlyDictionary<string, string> AmountFrom { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Customers who pay at least this many days after the due date on average, over the last twelve months and with
    /// what is open as if it were paid today; null for any. Nobody is meant of whom fewer than three cases are known.
    /// </summary>
    public int? DaysLateFrom { get; init; }

    /// <summary>The same, at most; negative for customers who pay before the due date.</summary>
    public int? DaysLateUpTo { get; init; }

    [JsonIgnore]
    internal bool IsAboutBehaviour => DaysLateFrom is not null || DaysLateUpTo is not null;

    /// <param name="daysLate">Null where too little is known.</param>
    internal bool Includes(Customer customer, Money amount, decimal? daysLate) =>
        (Groups.Count == 0 || Groups.Contains(customer.Group, StringComparer.OrdinalIgnoreCase))
        && (AmountFrom.Count == 0 || LeastIn(amount.Currency) is { } least && amount >= least)
        && (DaysLateFrom is null || daysLate >= DaysLateFrom)
        && (DaysLateUpTo is null || daysLate <= DaysLateUpTo);

    /// <summary>Null for a currency that is not named.</summary>
    internal Money? LeastIn(string currency) =>
        AmountFrom.TryGetValue(currency, out var text) && Money.TryParse(text, currency, out var least, out _)
            ? least
            : null;
}

/// <summary>Who signs the message of a step.</summary>
/// <param name="Name">As in the letter; answers still go to the creditor's address.</param>
/// <param name="Phone">Null for the creditor's.</param>
public sealed record Signer(string Name, string? Phone = null);

/// <summary>A step that is taken again while the invoice is not paid.</summary>
/// <param name="EveryDays">Apart: business days where the step counts in them.</param>
/// <param name="Times">After the first time.</param>
public sealed record Repetition(int EveryDays, int Times)
{
    public const int MaxTimes = 52;
}

public enum CountFrom
{
    DueDate,
    IssueDate,
}

/// <summary>
/// One dunning step. Either <see cref="Days"/> or <see cref="BusinessDays"/> is set: days after (negative: before) the
/// date of <see cref="From"/>.
/// </summary>
public sealed record Step
{
    /// <summary>
    /// Invoices with payment terms shorter than this many days use <see cref="ShortTermBusinessDays"/>, where it is
    /// set.
    /// </summary>
    public const int ShortTermDays = 14;

    public required StepId Id { get; init; }

    /// <summary>A final notice, a formal letter, or a step that copies in management.</summary>
    internal bool NeedsRecentPayments => Tone.NeedsRecentPayments() || Channels.Contains(Channel.Escalation);

    public int? Days { get; init; }
    public int? BusinessDays { get; init; }
    public int? ShortTermBusinessDays { get; init; }
    public CountFrom From { get; init; }

    /// <summary>
    /// The tone of the message. <see cref="NoticeTone.FollowUp"/> creates a task for the account manager and sends
    /// nothing to the customer.
    /// </summary>
    public required NoticeTone Tone { get; init; }
    public required IReadOnlyList<Channel> Channels { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>The step is taken only after a person has approved it by resuming the invoice.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>The task for the account manager when the step is reached.</summary>
    public string? FollowUp { get; init; }

    /// <summary>
    /// The message names a date to pay by, this many days after sending; later where the law gives more time.
    /// </summary>
    public int? PayByDays { get; init; }

    /// <summary>
    /// How many days after its day it may still be sent, after an outage or a wait; later it is skipped. Null: however
    /// late, unless a later step is due, too.
    /// </summary>
    public int? SendUntilDays { get; init; }

    /// <summary>
    /// It is taken again, each time as a step of its own: <c>firm</c>, <c>firm-2</c>, <c>firm-3</c>. Null for once.
    /// </summary>
    public Repetition? Repeat { get; init; }

    /// <summary>
    /// At least so many days after the last reminder to the customer; null for the policy's
    /// <see cref="Policy.MinDaysBetweenNotices"/>.
    /// </summary>
    public int? MinDaysSinceReminder { get; init; }

    /// <summary>The roles of further contacts of the customer who get its emails as a copy.</summary>
    public IReadOnlyList<string> CopyTo { get; init; } = [];

    /// <summary>Its message says that instalments can be agreed.</summary>
    public bool OfferPlan { get; init; }

    /// <summary>Who signs its message; null for the person of the settings.</summary>
    public Signer? Signer { get; init; }

    /// <summary>The kinds of documents that its emails have attached; empty for none.</summary>
    public IReadOnlyList<DocumentType> Attach { get; init; } = [DocumentType.Invoice];

    /// <summary>What it adds to the claim, if the message before has announced it and the law allows it.</summary>
    public IReadOnlyList<ChargeKind> Charge { get; init; } = [];

    /// <summary>The message says what the law would allow to be added, and that it was not.</summary>
    public bool ShowCharges { get; init; }

    /// <summary>Its message says something of interest and fees, so that the ledger is needed.</summary>
    [JsonIgnore]
    public bool MentionsCharges => ShowCharges || Charge.Count > 0 || Tone is NoticeTone.PreCollectionNotice;

    /// <summary>Of a termination: what ends if it is not paid, as the letter says it.</summary>
    public string? Ends { get; init; }

    /// <summary>Of an announced credit report: the agency, as the letter names it.</summary>
    public string? Agency { get; init; }

    /// <summary>Itself and its repetitions, each as a step of its own.</summary>
    [JsonIgnore]
    internal IEnumerable<Step> Repetitions =>
        Enumerable
            .Range(0, 1 + Math.Clamp(Repeat?.Times ?? 0, 0, Repetition.MaxTimes))
            .Select(time =>
                this with
                {
                    Id = time == 0 ? Id : new StepId($"{Id}-{time + 1}"),
                    Days = Days + time * Repeat?.EveryDays ?? Days,
                    BusinessDays = BusinessDays + time * Repeat?.EveryDays ?? BusinessDays,
                    ShortTermBusinessDays = ShortTermBusinessDays + time * Repeat?.EveryDays ?? ShortTermBusinessDays,
                    Repeat = null,
                }
            );

    /// <summary>The step lies before the due date.</summary>
    [JsonIgnore]
    public bool IsUpcoming => From == CountFrom.IssueDate || (Days ?? BusinessDays) < 0;

    /// <summary>A reminder before the due date, which the customer may do without.</summary>
    [JsonIgnore]
    public bool IsCourtesy => IsUpcoming && Tone is NoticeTone.Upcoming;
}
