using Dunning.Notices.Localization;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Charges;

/// <summary>
/// The response of <c>GET /api/invoices/{id}/interest</c>. Amounts are decimals of <see cref="Currency"/>.
/// </summary>
internal sealed record InterestView
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required DateOnly On { get; init; }
    public required string Currency { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or EU; null where it is not known.</summary>
    public string? Law { get; init; }

    /// <summary>When the rules of the law were last compared with their sources.</summary>
    public DateOnly? LawCheckedOn { get; init; }

    /// <summary>False for a law whose rules are not verified: nothing is charged by it.</summary>
    public bool? LawIsVerified { get; init; }
    public CustomerKind? CustomerKind { get; init; }

    /// <summary>What is open of the invoice itself, without charges.</summary>
    public required string Principal { get; init; }

    /// <summary>The computation of all interest up to the day, charged or not.</summary>
    public required IReadOnlyList<InterestLineView> Lines { get; init; }
    public required string Total { get; init; }

    /// <summary>The first day that bears no interest because no rate is known; null for none.</summary>
    public DateOnly? UnknownFrom { get; init; }
    public DateOnly? UnknownUntil { get; init; }

    /// <summary>What may be charged, and what may not be, with the reason.</summary>
    public required IReadOnlyList<PossibleChargeView> Charges { get; init; }

    /// <summary>What was charged.</summary>
    public required IReadOnlyList<ChargedView> Charged { get; init; }

    /// <summary>What each movement changes of costs, interest and principal.</summary>
    public required IReadOnlyList<AllocationView> Allocation { get; init; }

    /// <summary>What a person should know about the rules of the law.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <param name="language">The customer's.</param>
    public static InterestView Create(
        Invoice invoice,
        LateCharges charges,
        IReadOnlyCollection<LedgerEntry> entries,
        Language language
    )
    {
        var words = new ChargeWords(language);
        return new InterestView
        {
            Id = invoice.Id.ToString(),
            Number = invoice.Document.Number,
            On = charges.On,
            Currency = invoice.OpenAmount.Currency,
            Law = charges.Law.Jurisdiction?.Code,
            LawCheckedOn = charges.Law.Jurisdiction?.CheckedOn,
            LawIsVerified = charges.Law.Jurisdiction?.IsVerified,
            CustomerKind = charges.Law.Kind,
            Principal = charges.Debt.Principal.ToDecimalString(),
            Lines = [.. (charges.Interest?.Lines ?? []).Select(line => InterestLineView.Create(line, words))],
            Total = (charges.Interest?.Total ?? Money.Zero(invoice.OpenAmount.Currency)).ToDecimalString(),
            UnknownFrom = charges.Interest?.UnknownFrom,
            UnknownUntil = charges.Interest?.UnknownUntil,
            Charges = [.. charges.Possible.Select(PossibleChargeView.Create)],
            Charged = [.. entries.Where(entry => entry.Charge is not null).Select(ChargedView.Create)],
            Allocation = [.. charges.Debt.Movements.Select(AllocationView.Create)],
            Notes = charges.Law.Jurisdiction?.Notes ?? [],
        };
    }
}

/// <param name="From">The first interest day.</param>
/// <param name="Until">The last one.</param>
/// <param name="Percent">A year.</param>
/// <param name="RateSource">Null for a rate that the law or the contract names.</param>
/// <param name="RateGrade">A: official; B: two sources; C: one source only.</param>
/// <param name="Text">The line in the customer's language.</param>
internal sealed record InterestLineView(
    DateOnly From,
    DateOnly Until,
    int Days,
    string Principal,
    decimal Percent,
    string Amount,
    string? RateSource,
    RateGrade? RateGrade,
    bool IsLastKnownRate,
    string Text
)
{
    public static InterestLineView Create(InterestLine line, ChargeWords words) =>
        new(
            line.After.AddDays(1),
            line.Until,
            line.Days,
            line.Principal.ToDecimalString(),
            line.Percent,
            line.Amount.ToDecimalString(),
            line.Rate?.Source,
            line.Rate?.Grade,
            line.IsLastKnownRate,
            words.Line(line).ToPlain()
        );
}

/// <param name="WhyNot">Null for one that may be charged.</param>
/// <param name="Explanation"><paramref name="WhyNot"/> in words.</param>
internal sealed record PossibleChargeView(
    ChargeKind Kind,
    string? Amount,
    NotChargedReason? WhyNot,
    string? Explanation,
    string? LegalBasis,
    DateOnly? EarliestOn
)
{
    public static PossibleChargeView Create(PossibleCharge charge) =>
        new(
            charge.Kind,
            charge.Amount?.ToDecimalString(),
            charge.WhyNot,
            charge.WhyNot is { } whyNot ? ReasonText.Of(whyNot) : null,
            charge.LegalBasis,
            charge.EarliestOn
        );
}

/// <param name="Amount">What was charged.</param>
/// <param name="Waived">It is not asked for any more.</param>
internal sealed record ChargedView(
    string Id,
    ChargeKind Kind,
    string Amount,
    DateOnly? On,
    DateOnly? Until,
    string Law,
    string LegalBasis,
    bool Waived
)
{
    public static ChargedView Create(LedgerEntry entry) =>
        new(
            entry.ObjectId,
            entry.Kind.ToChargeKind()!.Value,
            entry.Charge!.Amount.ToDecimalString(),
            entry.ValueDate,
            entry.Charge.Until,
            entry.Charge.Jurisdiction,
            entry.Charge.LegalBasis,
            entry.Amount.IsZero
        );
}

internal sealed record AllocationView(
    DateOnly Date,
    MovementKind Kind,
    string Amount,
    string Costs,
    string Interest,
    string Principal
)
{
    public static AllocationView Create(AllocatedMovement allocated) =>
        new(
            allocated.Movement.Date,
            allocated.Movement.Kind,
            allocated.Movement.Amount.ToDecimalString(),
            allocated.Costs.ToDecimalString(),
            allocated.Interest.ToDecimalString(),
            allocated.Principal.ToDecimalString()
        );
}
