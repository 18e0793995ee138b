using Dunning.Receivables;

namespace Dunning.Html;

/// <summary>An amount as people type it in their own language: 1.234,50 or 1 234.5.</summary>
internal static class TypedAmount
{
    /// <summary>
    /// The last dot or comma is the decimal one, if no more digits follow it than the currency has; others and blanks
    /// only group.
    /// </summary>
    /// <returns>As the API takes it: 1234.50. What is no number stays none.</returns>
    public static string ToPlain(string text, string currency)
    {
        var last = text.LastIndexOfAny(['.', ',']);
        var decimals = text.Length - last - 1;
        var isDecimal = last >= 0 && decimals > 0 && decimals <= Math.Max(Currencies.DigitsOf(currency) ?? 2, 2);
        return isDecimal ? $"{WithoutMarks(text[..last])}.{text[(last + 1)..]}" : WithoutMarks(text);
    }

    private static string WithoutMarks(string text) =>
        string.Concat(text.Where(c => c is not ('.' or ',') && !char.IsWhiteSpace(c)));
}
