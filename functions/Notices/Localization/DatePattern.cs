using System.Globalization;

namespace Dunning.Notices.Localization;

/// <summary>
/// A language's way to write a date, with its own month names: never the host's ICU, whose data change with its
/// version.
/// </summary>
/// <param name="Pattern">Made of <c>{d} {dd} {month} {MM} {yyyy}</c>.</param>
/// <param name="Months">Twelve names in the form they take inside a date (genitive in Russian).</param>
/// <param name="FirstDay">How the first of a month is written where it differs: <c>1er</c> in French.</param>
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
