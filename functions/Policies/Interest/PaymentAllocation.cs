using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>Counts payments towards costs, interest and principal, in the order of the law.</summary>
internal sealed class PaymentAllocation(IReadOnlyList<ClaimPart> order, string currency)
{
    private readonly Dictionary<ChargeKind, Money> _open = Enum.GetValues<ChargeKind>()
        .ToDictionary(kind => kind, _ => Money.Zero(currency));

    private readonly Dictionary<ChargeKind, Money> _settled = Enum.GetValues<ChargeKind>()
        .ToDictionary(kind => kind, _ => Money.Zero(currency));

    private Money _settledPrincipal = Money.Zero(currency);

    public Money Principal { get; private set; } = Money.Zero(currency);

    public IReadOnlyDictionary<ChargeKind, Money> OpenCharges => _open;

    public AllocatedMovement Add(AccountMovement movement)
    {
        var (principal, interest, costs) = (Principal, Interest, Costs);
        if (ChargeOf(movement.Kind) is { } charge)
            _open[charge] += movement.Amount;
        else if (movement.Kind is MovementKind.Payment or MovementKind.WriteOff)
            Pay(-movement.Amount);
        else if (movement.Kind is MovementKind.Refund or MovementKind.Chargeback)
            TakeBack(movement.Amount);
        else
            Principal += movement.Amount;
        return new AllocatedMovement(movement, Principal - principal, Interest - interest, Costs - costs);
    }

    private Money Interest => _open[ChargeKind.Interest];
    private Money Costs => _open[ChargeKind.FixedSum] + _open[ChargeKind.ReminderFee];

    private void Pay(Money left)
    {
        foreach (var part in order)
        {
            left = part switch
            {
                ClaimPart.Costs => Settle(ChargeKind.FixedSum, Settle(ChargeKind.ReminderFee, left)),
                ClaimPart.Interest => Settle(ChargeKind.Interest, left),
                _ => SettlePrincipal(left),
            };
        }
        // More was paid than owed.
        Principal -= left;
        _settledPrincipal += left;
    }

    /// <summary>
    /// Money that goes back undoes what payments settled, the last part first: charges that were paid are owed again,
    /// and do not become principal, which bears interest.
    /// </summary>
    private void TakeBack(Money left)
    {
        foreach (var part in order.Reverse())
        {
            left = part switch
            {
                ClaimPart.Costs => Reopen(ChargeKind.ReminderFee, Reopen(ChargeKind.FixedSum, left)),
                ClaimPart.Interest => Reopen(ChargeKind.Interest, left),
                _ => ReopenPrincipal(left),
            };
        }
        Principal += left;
    }

    private Money Reopen(ChargeKind kind, Money left)
    {
        var again = Money.Min(left, _settled[kind]);
        _settled[kind] -= again;
        _open[kind] += again;
        return left - again;
    }

    private Money ReopenPrincipal(Money left)
    {
        var again = Money.Max(Money.Min(left, _settledPrincipal), Money.Zero(currency));
        _settledPrincipal -= again;
        Principal += again;
        return left - again;
    }

    private Money Settle(ChargeKind kind, Money left)
    {
        var settled = Money.Min(left, _open[kind]);
        _open[kind] -= settled;
        _settled[kind] += settled;
        return left - settled;
    }

    private Money SettlePrincipal(Money left)
    {
        var settled = Money.Min(left, Money.Max(Principal, Money.Zero(currency)));
        Principal -= settled;
        _settledPrincipal += settled;
        return left - settled;
    }

    private static ChargeKind? ChargeOf(MovementKind kind) =>
        kind switch
        {
            MovementKind.LateInterest => ChargeKind.Interest,
            MovementKind.FixedSum => ChargeKind.FixedSum,
            MovementKind.ReminderFee => ChargeKind.ReminderFee,
            _ => null,
        };
}
