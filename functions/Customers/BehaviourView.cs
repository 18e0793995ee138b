using Dunning.Policies;

namespace Dunning.Customers;

/// <summary>How a customer pays; each figure with the number of cases behind it.</summary>
public sealed record BehaviourView(IReadOnlyList<DaysLateView> DaysLate, PromisesView Promises)
{
    internal static BehaviourView Create(PayerBehaviour behaviour) =>
        new(
            [.. behaviour.DaysLate.Select(DaysLateView.Create)],
            new(
                behaviour.Promises.Kept,
                behaviour.Promises.Resolved,
                behaviour.Promises.Pending,
                Rounded(behaviour.Promises.KeptPercent),
                [
                    .. behaviour.PromisedAmounts.Select(amount => new PromisedAmountView(
                        amount.Promised.Currency,
                        amount.Promised.ToDecimalString(),
                        amount.PaidInTime.ToDecimalString(),
                        Rounded(amount.Percent)
                    )),
                ]
            )
        );

    internal static decimal? Rounded(decimal? figure) =>
        figure is { } value ? Math.Round(value, 1, MidpointRounding.AwayFromZero) : null;
}

/// <param name="Paid">Null when there are too few payments.</param>
/// <param name="WithOpen">With what is open and overdue; null when there are too few cases.</param>
public sealed record DaysLateView(
    string Currency,
    decimal? Paid,
    int Payments,
    bool TooFewPayments,
    decimal? WithOpen,
    int Cases,
    bool TooFewCases
)
{
    internal static DaysLateView Create(DaysLate late) =>
        new(
            late.Currency,
            late.Paid.IsTooFew ? null : BehaviourView.Rounded(late.Paid.Average),
            late.Paid.Count,
            late.Paid.IsTooFew,
            late.WithOpen.IsTooFew ? null : BehaviourView.Rounded(late.WithOpen.Average),
            late.WithOpen.Count,
            late.WithOpen.IsTooFew
        );
}

/// <param name="KeptPercent">Null without a promise whose day has passed.</param>
public sealed record PromisesView(
    int Kept,
    int Resolved,
    int Pending,
    decimal? KeptPercent,
    IReadOnlyList<PromisedAmountView> Amounts
);

public sealed record PromisedAmountView(string Currency, string Promised, string PaidInTime, decimal? Percent);
