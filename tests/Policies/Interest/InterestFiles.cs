using System.Globalization;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>The files of functions/Policies/Interest, and short ways to compute with them.</summary>
internal static class InterestFiles
{
    /// <summary>As they are embedded: their names without the folder.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        .. EmbeddedText
            .ReadAll(Jurisdictions.Folder)
            .Select(file => (Name: Path.GetFileName(file.Name), file.Text))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    public static Jurisdictions Catalog => Jurisdictions.Default;

    public static InterestRates Rates => Catalog.Rates;

    public static Jurisdiction JurisdictionOf(string code) =>
        Catalog.Find(code) ?? throw new ArgumentException($"There is no file {code}.json.", nameof(code));

    public static InterestRule RuleOf(string code, CustomerKind? kind, string due) =>
        JurisdictionOf(code).InterestFor(kind, Day(due)).Rule
        ?? throw new ArgumentException($"{code} has no interest for {kind} on {due}.", nameof(code));

    /// <summary>A rate that is not in the series, or another way of counting.</summary>
    public static InterestRule Constant(
        decimal percent,
        DayCount dayCount = DayCount.Actual365,
        Rounding rounding = Rounding.AtEnd
    ) =>
        new()
        {
            ConstantPercent = percent,
            Fixing = Fixing.Floating,
            DayCount = dayCount,
            Rounding = rounding,
            LegalBasis = "test",
            Source = "test",
        };

    public static InterestComputation Compute(
        InterestRule rule,
        Money principal,
        string due,
        string until,
        bool useLastKnownRate = false,
        decimal? agreedPercent = null
    ) =>
        LateInterest.Compute(
            [new OverduePrincipal(Day(due), principal)],
            rule,
            Rates,
            Day(until),
            useLastKnownRate,
            agreedPercent
        );

    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
