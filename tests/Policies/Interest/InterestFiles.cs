using System.Globalization;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>The files of functions/Policies/Interest, and short ways to compute with them.</summary>
internal static class InterestFiles
{
    private static readonly Lazy<Jurisdictions> _catalog = new(() => new(All));

    public static string Folder { get; } = FindFolder();

    public static IReadOnlyList<(string Name, string Text)> All =>
        [
            .. Directory
                .GetFiles(Folder, "*.json")
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetFileName(path), File.ReadAllText(path))),
        ];

    public static Jurisdictions Catalog => _catalog.Value;

    public static InterestRates Rates => Catalog.Rates;

    public static Jurisdiction Land(string code) =>
        Catalog.Find(code) ?? throw new ArgumentException($"There is no file {code}.json.", nameof(code));

    public static InterestRule RuleOf(string code, CustomerKind? kind, string due) =>
        Land(code).InterestFor(kind, Day(due)).Rule
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

    public static Money Amount(string text, string currency) =>
        Money.TryParse(text, currency, out var money, out _) ? money : throw new FormatException(text);

    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (
            folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "functions", "Policies", "Interest"))
        )
            folder = folder.Parent;
        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException("functions/Policies/Interest was not found."),
            "functions",
            "Policies",
            "Interest"
        );
    }
}
