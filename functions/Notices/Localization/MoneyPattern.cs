using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>A language's format of amounts. The number of decimals is that of ISO 4217.</summary>
/// <param name="Pattern">Contains <c>{unit}</c> and <c>{number}</c>; a minus sign goes in front of it.</param>
/// <param name="Symbols">
/// Symbols used instead of the ISO code; only unambiguous ones.
/// </param>
/// <param name="MinGrouped">Least number of digits that are grouped: 4 for 1,234; 5 for 1234 but 12.345 (es).</param>
internal sealed record MoneyPattern(
    string Pattern,
    string DecimalMark,
    string GroupMark,
    int MinGrouped,
    IReadOnlyDictionary<string, string> Symbols
)
{
    // The minor units of these currencies are no longer in use, so ".00" is left out, as in CLDR. Any other fraction is
    // shown.
    private static readonly string[] _noMinorUnits = ["IDR", "HUF", "IQD"];

    public string Format(Money money) => Format(money, Symbols.GetValueOrDefault(money.Currency, money.Currency));

    /// <summary>
    /// With the ISO code even if there is a symbol: for SMS, where a symbol may require UCS-2 and more segments.
    /// </summary>
    public string FormatWithCode(Money money) => Format(money, money.Currency);

    private string Format(Money money, string unit)
    {
        var parts = money.ToDecimalString().TrimStart('-').Split('.');
        var fraction = parts.Length == 2 && !IsOmitted(money.Currency, parts[1]) ? DecimalMark + parts[1] : "";
        var text = (unit == money.Currency ? PatternOfCodes : Pattern)
            .Replace("{unit}", unit, StringComparison.Ordinal)
            .Replace("{number}", Group(parts[0]) + fraction, StringComparison.Ordinal);
        return money.Minor < 0 ? "-" + text : text;
    }

    /// <summary>A code stands apart from the number where a symbol does not: RM10.00, but EUR 10.00 (CLDR).</summary>
    private string PatternOfCodes =>
        Pattern
            .Replace("{unit}{number}", "{unit}\u00A0{number}", StringComparison.Ordinal)
            .Replace("{number}{unit}", "{number}\u00A0{unit}", StringComparison.Ordinal);

    private static bool IsOmitted(string currency, string fraction) =>
        _noMinorUnits.Contains(currency) && fraction.All(digit => digit == '0');

    private string Group(string whole)
    {
        if (whole.Length < MinGrouped)
            return whole;
        var head = whole.Length % 3;
        var groups = Enumerable.Range(0, whole.Length / 3).Select(i => whole.Substring(head + 3 * i, 3));
        return string.Join(GroupMark, head == 0 ? groups : groups.Prepend(whole[..head]));
    }
}
