using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Http;

/// <summary>
/// An amount in a spreadsheet, as a plain decimal. Which sign stands before the decimals is never guessed: 1.234 is
/// more than a thousand in Berlin and little more than one in London.
/// </summary>
internal static partial class CsvAmount
{
    /// <param name="decimalSign">The sign before the decimals; null reads only what has one reading.</param>
    /// <returns>Null where it is no amount, or has two readings.</returns>
    public static string? Parse(string text, char? decimalSign)
    {
        var bare = Bare(text);
        var plain =
            decimalSign is { } sign ? PlainOf(bare, sign)
            : IsUncertain(text) ? null
            : PlainOf(bare, '.') ?? PlainOf(bare, ',');
        return decimal.TryParse(plain, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? plain : null;
    }

    /// <summary>One sign, and three digits after it: they may be decimals or a group.</summary>
    public static bool IsUncertain(string text) => UncertainPattern().IsMatch(Bare(text));

    /// <summary>
    /// Without currency signs and blanks; an amount in brackets, or with a minus after it, is negative.
    /// </summary>
    private static string Bare(string text)
    {
        var bare = string.Concat(
            text.Where(c =>
                !char.IsWhiteSpace(c)
                && char.GetUnicodeCategory(c) is not (UnicodeCategory.CurrencySymbol or UnicodeCategory.Format)
            )
        );
        return bare is ['(', .. var inBrackets, ')'] ? $"-{inBrackets}"
            : bare is [.. var before, '-'] ? $"-{before}"
            : bare.Replace('\u2212', '-');
    }

    /// <summary>Groups must have three digits: else the wrong sign was named as the decimal's.</summary>
    private static string? PlainOf(string bare, char decimalSign)
    {
        var group = decimalSign == ',' ? '.' : ',';
        var parts = bare.Split(decimalSign);
        if (parts.Length > 2 || parts.Length == 2 && parts[1].Contains(group, StringComparison.Ordinal))
            return null;
        var whole = parts[0].Replace("'", "", StringComparison.Ordinal).Replace("\u2019", "", StringComparison.Ordinal);
        var groups = whole.TrimStart('+', '-').Split(group);
        if (groups.Skip(1).Any(digits => digits.Length != 3) || groups.Length > 1 && groups[0].Length is 0 or > 3)
            return null;
        whole = whole.Replace($"{group}", "", StringComparison.Ordinal);
        return parts.Length == 2 ? $"{whole}.{parts[1]}" : whole;
    }

    [GeneratedRegex(@"^[+-]?\d{1,3}[.,]\d{3}\z")]
    private static partial Regex UncertainPattern();
}
