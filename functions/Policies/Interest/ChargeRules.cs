using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>Applies the rules of a jurisdiction to an invoice that is overdue.</summary>
internal sealed class ChargeRules(
    DunningContext context,
    Invoice invoice,
    IReadOnlyCollection<LedgerEntry> entries,
    LateCharges charges
)
{
    private readonly LateChargeTerms _terms = context.PolicyOf(invoice).LateCharges;
    private readonly InterestRates _rates = context.Rules.Laws.Rates;

    private DateOnly LateOn => charges.Debt.Overdue[0].After.AddDays(1);

    /// <param name="interest">Null where the law is not known.</param>
    public LateCharges Apply(RuleChoice<InterestRule>? interest)
    {
        var computed = interest?.Rule is { } rule ? Compute(rule) : null;
        return charges with { Interest = computed, Possible = [OfInterest(interest, computed), OfFixedSum(), OfFee()] };
    }

    private InterestComputation Compute(InterestRule rule) =>
        LateInterest.Compute(
            charges.Debt.Overdue,
            rule,
            _rates,
            charges.On,
            _terms.UseLastKnownRate,
            _terms.InterestPercent
        );

    private PossibleCharge OfInterest(RuleChoice<InterestRule>? choice, InterestComputation? computed)
    {
        if (computed is null)
            return new(ChargeKind.Interest, null, choice is null ? NotChargedReason.LawUnknown : choice.WhyNot);
        // What was waived stays waived: it counts as charged.
        var charged = EntriesOf(ChargeKind.Interest)
            .Aggregate(Money.Zero(computed.Total.Currency), (sum, entry) => sum + entry.Charge!.Amount);
        var rest = Money.Max(computed.Total - charged, Money.Zero(charged.Currency));
        return new(
            ChargeKind.Interest,
            rest,
            WhyNotNow() ?? computed.WhyNot ?? (computed.UnknownFrom is null ? null : NotChargedReason.RateUnknown)
        )
        {
            LegalBasis = choice!.Rule!.LegalBasis,
        };
    }

    private PossibleCharge OfFixedSum()
    {
        if (charges.Law.Jurisdiction is not { } jurisdiction)
            return new(ChargeKind.FixedSum, null, NotChargedReason.LawUnknown);
        var choice = jurisdiction.FixedSumFor(charges.Law.Kind, LateOn);
        if (choice.Rule is not { } rule)
            return new(ChargeKind.FixedSum, null, choice.WhyNot);
        var sum = FixedSum.Of(
            rule,
            charges.Debt.Overdue[0].Amount,
            LateOn,
            _rates,
            _terms.VatNotDeductible,
            IsNoticeOver(jurisdiction)
        );
        var isCharged =
            EntriesOf(ChargeKind.FixedSum).Any()
            || rule.ExcludesFees && EntriesOf(ChargeKind.ReminderFee).Any(fee => fee.Amount.IsPositive);
        return new(ChargeKind.FixedSum, sum.Amount, WhyNotNow() ?? (isCharged ? NotChargedReason.TooMany : sum.WhyNot))
        {
            LegalBasis = rule.LegalBasis,
        };
    }

    /// <summary>Whether the time has passed that a pre-collection notice named, and the law's own.</summary>
    private bool IsNoticeOver(Jurisdiction jurisdiction) =>
        invoice.Dunning.PreCollectionNotice is { } sent
        && charges.On > sent.Deadline
        && !(
            jurisdiction.PreCollectionNoticeFor(charges.Law.Kind, sent.SentOn).Rule is { } rule
            && charges.On < PreCollectionNotice.EarliestCosts(rule, sent.SentOn, context.IsHoliday)
        );

    private PossibleCharge OfFee()
    {
        if (charges.Law.Jurisdiction is not { } jurisdiction)
            return new(ChargeKind.ReminderFee, null, NotChargedReason.LawUnknown);
        var choice = jurisdiction.FeeFor(charges.Law.Kind, charges.On);
        if (choice.Rule is not { } rule)
            return new(ChargeKind.ReminderFee, null, choice.WhyNot);
        var fee = ReminderFee.Decide(
            rule,
            new FeeFacts(
                charges.Debt.Overdue[0].After,
                charges.On,
                // A fee that was waived was not charged.
                [.. EntriesOf(ChargeKind.ReminderFee).Where(e => e.Amount.IsPositive).Select(e => e.ValueDate!.Value)],
                [.. invoice.Dunning.RemindedOn.Where(day => day < charges.On)],
                _terms.Agreed.Contains(ChargeKind.ReminderFee),
                invoice.OpenAmount.Currency
            ),
            _rates
        );
        var isReplaced =
            EntriesOf(ChargeKind.FixedSum).Any(entry => entry.Amount.IsPositive)
            && jurisdiction.FixedSumFor(charges.Law.Kind, LateOn).Rule is { ExcludesFees: true };
        return new(
            ChargeKind.ReminderFee,
            fee.Amount,
            WhyNotNow() ?? (isReplaced ? NotChargedReason.TooMany : fee.WhyNot)
        )
        {
            LegalBasis = rule.LegalBasis,
            EarliestOn = fee.EarliestOn,
        };
    }

    private NotChargedReason? WhyNotNow() => invoice.Dunning.Dispute is null ? null : NotChargedReason.Disputed;

    private IEnumerable<LedgerEntry> EntriesOf(ChargeKind kind) =>
        entries.Where(entry => entry.Kind == kind.ToLedgerKind() && entry.Charge is not null);
}
