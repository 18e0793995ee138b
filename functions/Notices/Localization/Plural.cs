namespace Dunning.Notices.Localization;

/// <summary>Which of its plural forms a language uses for a whole number.</summary>
/// <param name="Categories">CLDR names of the forms that a phrase must have.</param>
/// <param name="Category">The category of a count, which must not be negative.</param>
internal sealed record PluralRule(string Name, IReadOnlyList<string> Categories, Func<long, string> Category);

/// <summary>
/// CLDR plural rules for whole numbers (unicode.org/reports/tr35, plurals.xml), named after their forms.
/// </summary>
internal static class Plural
{
    private const long Million = 1_000_000;

    /// <summary>ms, id.</summary>
    public static readonly PluralRule Other = new("other", ["other"], _ => "other");

    /// <summary>en, da, de.</summary>
    public static readonly PluralRule OneOther = new("one-other", ["one", "other"], n => n == 1 ? "one" : "other");

    /// <summary>es.</summary>
    public static readonly PluralRule OneManyOther = new(
        "one-many-other",
        ["one", "many", "other"],
        n => n == 1 ? "one" : ManyForMillions(n)
    );

    /// <summary>fr: zero is singular, too.</summary>
    public static readonly PluralRule ZeroOneManyOther = new(
        "zero1-many-other",
        ["one", "many", "other"],
        n => n is 0 or 1 ? "one" : ManyForMillions(n)
    );

    /// <summary>he.</summary>
    public static readonly PluralRule OneTwoOther = new(
        "one-two-other",
        ["one", "two", "other"],
        n =>
            n switch
            {
                1 => "one",
                2 => "two",
                _ => "other",
            }
    );

    /// <summary>ru; "other" is for fractions, which a count never is.</summary>
    public static readonly PluralRule OneFewMany = new(
        "one-few-many",
        ["one", "few", "many"],
        n =>
            (n % 10, n % 100) switch
            {
                (1, not 11) => "one",
                (2 or 3 or 4, not (12 or 13 or 14)) => "few",
                _ => "many",
            }
    );

    private static readonly PluralRule[] _rules =
    [
        Other,
        OneOther,
        OneManyOther,
        ZeroOneManyOther,
        OneTwoOther,
        OneFewMany,
    ];

    public static IEnumerable<string> Names => _rules.Select(rule => rule.Name);

    public static PluralRule? Find(string name) => Array.Find(_rules, rule => rule.Name == name);

    private static string ManyForMillions(long n) => n != 0 && n % Million == 0 ? "many" : "other";
}
