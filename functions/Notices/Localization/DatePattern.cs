using System.Globalization;

namespace Dunning.Notices.Localization;

/// <summary>
/// A language's date format with its month names. The host's ICU data are not used, because they change with its
/// version.
/// </summary>
/// <param name="Pattern">May contain <c>{d} {dd} {month} {MM} {yyyy}</c>.</param>
/// <param name="Months">Twelve names, in the form used inside a date (genitive in Russian).</param>
/// <param name="FirstDay">The first day of a month if it is not "1": <c>1er</c> in French.</param>
internal sealed record DatePattern(string Pattern, IReadOnlyList<string> Months, string? FirstDay = null)
{
    public string Format(DateOnly date) =>
        Pattern
            .Replace("{dd}", Two(date.Day), StringComparison.Ordinal)
            .Replace(
                "{d}",
                date.Day == 1 && FirstDay is not null ? FirstDay : Number(date.Day),
                StringComparison.Ordinal
            )
            .Replace("{MM}", Two(date.Month), StringComparison.Ordinal)
            .Replace("{month}", Months[date.Month - 1], StringComparison.Ordinal)
            .Replace("{yyyy}", date.Year.ToString("0000", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Two(int n) => n.ToString("00", CultureInfo.InvariantCulture);
}
