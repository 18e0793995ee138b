using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>Amounts of the law are written in whole currency units, such as 40 for EUR 40.</summary>
internal static class CurrencyUnits
{
    /// <summary>Half a minor unit is rounded away from zero.</summary>
    public static Money ToMoney(decimal amount, string currency) =>
        new((long)Math.Round(amount * MinorPerUnit(currency), MidpointRounding.AwayFromZero), currency);

    private static decimal MinorPerUnit(string currency) =>
        Enumerable.Repeat(10m, Currencies.DigitsOf(currency) ?? 2).Aggregate(1m, (product, ten) => product * ten);
}
