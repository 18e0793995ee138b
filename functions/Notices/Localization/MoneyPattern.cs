using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>A language's way to write an amount. Digits are ISO 4217's, not the culture's.</summary>
/// <param name="Pattern">Made of <c>{unit}</c> and <c>{number}</c>; the minus sign goes before the whole.</param>
/// <param name="Symbols">
/// Symbols used instead of the ISO code; only where no reader can take them for another currency.
/// </param>
/// <param name="MinGrouped">Shortest whole part that is grouped: 4 for 1,234; 5 where 1234 stays together (es).</param>
internal sealed record MoneyPattern(
    string Pattern,
    string DecimalMark,
    string GroupMark,
    int MinGrouped,
    IReadOnlyDictionary<string, string> Symbols
)
{
    // Their minor units are no longer in use, so "IDR 739,726.00" would look odd (CLDR shows none); a fraction that is
    // there is still shown.
    private static readonly string[] _wholeInPractice = ["IDR", "HUF", "IQD"];

    public string Format(Money money) => Write(money, Symbols.GetValueOrDefault(money.Currency, money.Currency));

    /// <summary>
    /// With the ISO code even where a symbol is known: for SMS, where a symbol may cost a whole segment.
    /// </summary>
    public string FormatWithCode(Money money) => Write(money, money.Currency);

    private string Write(Money money, string unit)
    {
        var plain = money.ToDecimalString().TrimStart('-').Split('.');
        var fraction = plain.Length == 2 && !IsHidden(money.Currency, plain[1]) ? DecimalMark + plain[1] : "";
        var text = Pattern
            .Replace("{unit}", unit, StringComparison.Ordinal)
            .Replace("{number}", Grouped(plain[0]) + fraction, StringComparison.Ordinal);
        return money.Minor < 0 ? "-" + text : text;
    }

    private static bool IsHidden(string currency, string fraction) =>
        _wholeInPractice.Contains(currency) && fraction.All(digit => digit == '0');

    private string Grouped(string whole)
    {
        if (whole.Length < MinGrouped)
            return whole;
        var head = whole.Length % 3;
        var groups = Enumerable.Range(0, whole.Length / 3).Select(i => whole.Substring(head + 3 * i, 3));
        return string.Join(GroupMark, head == 0 ? groups : groups.Prepend(whole[..head]));
    }
}
