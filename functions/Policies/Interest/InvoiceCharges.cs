using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// What a message says of the interest and fees of one invoice, and what its claim adds to the ledger.
/// </summary>
internal sealed record InvoiceCharges
{
    /// <summary>What the message adds; none unless its step charges.</summary>
    public IReadOnlyList<LedgerEntry> Added { get; init; } = [];

    /// <summary>What became of each kind that the step charges.</summary>
    public IReadOnlyList<ChargeOutcome> Outcomes { get; init; } = [];

    /// <summary>What is open of the invoice itself.</summary>
    public required Money Principal { get; init; }

    /// <summary>What is open of earlier charges and of those that are added.</summary>
    public IReadOnlyList<OpenCharge> Open { get; init; } = [];

    public Money OpenAmount => Open.Aggregate(Principal, (sum, charge) => sum + charge.Amount);

    /// <summary>What the law would allow and is not charged.</summary>
    public IReadOnlyList<PossibleCharge> Shown { get; init; } = [];

    /// <summary>How the interest up to today is computed; null when the message names none.</summary>
    public InterestComputation? Computation { get; init; }

    /// <summary>What the next step will charge; null when it charges nothing.</summary>
    public ComingCharges? Coming { get; init; }

    /// <summary>
    /// Only in a pre-collection notice: the fixed sum that is owed when its time has passed; null where none is.
    /// </summary>
    public PossibleCharge? AfterDeadline { get; init; }

    /// <summary>Whether the ledger of an invoice is needed for what a message says of it.</summary>
    /// <param name="step">Of the message, for this invoice; null when the message only names it.</param>
    public static bool NeedLedger(DunningContext context, Invoice invoice, Step? step) =>
        invoice.Charged.IsPositive
        || step is not null && (step.MentionsCharges || NextCharging(context, invoice, step) is not null);

    /// <param name="entries">The invoice's ledger.</param>
    /// <param name="step">Of the message, for this invoice; null when the message only names it.</param>
    public static InvoiceCharges Decide(
        DunningContext context,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> entries,
        Step? step,
        NoticeId notice
    )
    {
        var today = LateCharges.Of(context, invoice, entries, context.Today);
        var outcomes = step is null ? [] : OutcomesOf(invoice, entries, step, notice, today);
        List<LedgerEntry> added =
        [
            .. outcomes.Where(o => o.WhyNot is null).Select(o => Entry(context, invoice, notice, o, today)),
        ];
        var after = invoice.WithCharges(added).RemindedAt(context.Today);
        var letter = FormalLetter.Of(context, invoice, step)?.ToNotice(notice);
        if (letter is not null)
            after = after with { Dunning = after.Dunning with { PreCollectionNotice = letter } };
        List<LedgerEntry> ledger = [.. entries, .. added];
        var coming = step is null ? null : Announce(context, after, ledger, step);
        var debt = LateCharges.Of(context, after, ledger, context.Today).Debt;
        var open = OpenCharge.Of(debt.OpenCharges, ledger);
        var shown = step is { ShowCharges: true } ? ShownOf(today, step, coming) : [];
        return new InvoiceCharges
        {
            Added = added,
            Outcomes = outcomes,
            Principal = debt.Principal,
            Open = open,
            Coming = coming,
            Shown = shown,
            AfterDeadline = letter is null
                ? null
                : LateCharges
                    .Of(context, after, ledger, letter.Deadline.AddDays(1))
                    .Allowed.FirstOrDefault(charge => charge.Kind is ChargeKind.FixedSum),
            Computation =
                open.Any(charge => charge.Kind is ChargeKind.Interest)
                || shown.Any(charge => charge.Kind is ChargeKind.Interest)
                    ? today.Interest
                    : null,
        };
    }

    /// <summary>A fee arises only by charging it, so it is not among what could have been charged.</summary>
    private static IReadOnlyList<PossibleCharge> ShownOf(LateCharges today, Step step, ComingCharges? coming) =>
        [
            .. today.Allowed.Where(charge =>
                charge.Kind is not ChargeKind.ReminderFee
                && !step.Charge.Contains(charge.Kind)
                && coming?.Charges.Any(c => c.Kind == charge.Kind) is not true
            ),
        ];

    private static IReadOnlyList<ChargeOutcome> OutcomesOf(
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> entries,
        Step step,
        NoticeId notice,
        LateCharges today
    ) =>
        [
            .. from kind in step.Charge
            // Another message of the same step has charged it.
            where !entries.Any(entry => entry.ObjectId == IdOf(kind, notice))
            let possible = today.Possible.FirstOrDefault(charge => charge.Kind == kind)
            where possible is not null && possible.Amount is not { IsZero: true }
            select new ChargeOutcome(
                kind,
                possible.Amount,
                possible.WhyNot
                    ?? (
                        invoice.Dunning.AnnouncedCharges?.Covers(step.Id, kind, notice) is true
                            ? null
                            : NotChargedReason.NotAnnounced
                    )
            )
            {
                EarliestOn = possible.EarliestOn,
            },
        ];

    private static LedgerEntry Entry(
        DunningContext context,
        Invoice invoice,
        NoticeId notice,
        ChargeOutcome outcome,
        LateCharges today
    ) =>
        new(
            LedgerEntry.FromPolicy,
            IdOf(outcome.Kind, notice),
            outcome.Kind.ToLedgerKind(),
            invoice.Id.Invoice,
            outcome.Amount!.Value,
            context.Now,
            notice.Value
        )
        {
            ValueDate = context.Today,
            Charge = new ChargeTerms(
                outcome.Amount.Value,
                today.Law.Jurisdiction!.Code,
                today.Possible.First(charge => charge.Kind == outcome.Kind).LegalBasis!
            )
            {
                Until = outcome.Kind is ChargeKind.Interest ? context.Today : null,
            },
        };

    /// <summary>
    /// The messages of one step have one plan: what one of them charged, the others do not charge again.
    /// </summary>
    private static string IdOf(ChargeKind kind, NoticeId notice) =>
        kind switch
        {
            ChargeKind.FixedSum => "fixed-sum",
            ChargeKind.Interest => $"interest-{notice.Plan}",
            _ => $"fee-{notice.Plan}",
        };

    /// <summary>
    /// The figures of the day on which they will be charged. What may not be charged then is not announced.
    /// </summary>
    private static ComingCharges? Announce(
        DunningContext context,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> entries,
        Step step
    )
    {
        if (NextCharging(context, invoice, step) is not { } next)
            return null;
        var earliest = Schedule.EarliestAfter(context, invoice, step);
        var day =
            DunningSchedule.DayOf(context, next, invoice) is var planned && planned > earliest ? planned : earliest;
        List<PossibleCharge> charges =
        [
            .. LateCharges
                .Of(context, invoice, entries, day)
                .Allowed.Where(charge => next.Charge.Contains(charge.Kind)),
        ];
        return charges.Count == 0 ? null : new ComingCharges(next.Id, day, charges);
    }

    /// <summary>The step after this one, if it charges something.</summary>
    private static Step? NextCharging(DunningContext context, Invoice invoice, Step step)
    {
        var policy = context.PolicyOf(invoice);
        return
            policy
                .StepsOf(invoice.Dunning.StepList)
                .SkipWhile(s => s.Id != step.Id)
                .Skip(1)
                .FirstOrDefault(s => s.Enabled && s.Channels.Count > 0)
                is { Charge.Count: > 0 } next
            ? next
            : null;
    }
}

/// <param name="On">The day on which they will be charged, unless the invoice is paid before.</param>
internal sealed record ComingCharges(StepId Step, DateOnly On, IReadOnlyList<PossibleCharge> Charges)
{
    /// <param name="by">The message that says so.</param>
    public AnnouncedCharges ToAnnouncement(NoticeId by) =>
        new(Step, by) { Kinds = [.. Charges.Select(charge => charge.Kind)] };
}

/// <summary>What is open of the charges of one kind.</summary>
/// <param name="Until">Of interest: the last day that it covers.</param>
internal sealed record OpenCharge(ChargeKind Kind, Money Amount, DateOnly? Until)
{
    public static IReadOnlyList<OpenCharge> Of(
        IReadOnlyDictionary<ChargeKind, Money> open,
        IReadOnlyCollection<LedgerEntry> entries
    ) =>
        [
            .. open.Where(charge => charge.Value.IsPositive)
                .OrderBy(charge => charge.Key)
                .Select(charge => new OpenCharge(
                    charge.Key,
                    charge.Value,
                    entries.Where(entry => entry.Kind == charge.Key.ToLedgerKind()).Max(entry => entry.Charge?.Until)
                )),
        ];
}
