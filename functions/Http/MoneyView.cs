using Dunning.Receivables;

namespace Dunning.Http;

/// <summary>An amount as answers show it.</summary>
/// <param name="Amount">In the main unit, with all digits of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record MoneyView(string Amount, string Currency)
{
    internal static MoneyView Of(Money money) => new(money.ToDecimalString(), money.Currency);

    /// <exception cref="FormatException">It is no amount.</exception>
    internal Money ToMoney() =>
        Money.TryParse(Amount, Currency, out var money, out var problem)
            ? money
            : throw new FormatException(problem.Detail);

    internal MoneyView Plus(MoneyView other) => Of(ToMoney() + other.ToMoney());

    internal static MoneyView? Of(Money? money) => money is { } known ? Of(known) : null;
}
