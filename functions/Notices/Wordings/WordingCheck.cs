using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;

namespace Dunning.Notices.Wordings;

/// <summary>
/// Finds what is wrong with own texts before a customer reads them: unknown keys, placeholders without a value, amounts
/// that are left out, another language, links. Pure.
/// </summary>
internal static class WordingCheck
{
    private const int MaxShort = 60;

    /// <summary>Of a subject, and of the shortest SMS, which must always fit.</summary>
    private static readonly string[] _short = [".subject", "common.smsBare"];

    /// <summary>What a text may name in addition to what the shipped one does: every message has them.</summary>
    private static readonly string[] _always = ["name", "company", "customer", "amount", "today", "contact"];

    /// <summary>Parts of other texts, which have no values but their own.</summary>
    private static readonly string[] _parts =
    [
        "labels.",
        "agreements.",
        "common.person",
        "common.overdue",
        "common.dueIn",
        "common.dueToday",
    ];

    /// <summary>What a text may leave out although the shipped one names it.</summary>
    private static readonly string[] _dispensable = ["name", "company", "customer", "today", "contact", "status"];

    public static IReadOnlyList<FieldProblem> Check(Language language, WordingRequest request) =>
        [.. request.Phrases.SelectMany(phrase => Check(language, phrase.Key, phrase.Value, request.AnyLanguage))];

    /// <summary>What is allowed and costs something.</summary>
    public static IReadOnlyList<string> Warnings(Language language, WordingRequest request) =>
        [
            .. from phrase in request.Phrases
            where
                phrase.Key.StartsWith("sms.", StringComparison.Ordinal)
                || phrase.Key.StartsWith("common.sms", StringComparison.Ordinal)
            where IsGsm7(LanguageFile.TextsOf(language)[phrase.Key]) && !IsGsm7(phrase.Value)
            select $"{PointerOf(phrase.Key)}: a letter of it is outside GSM-7, so an SMS takes twice as many segments",
        ];

    private static bool IsGsm7(string text) => Gsm7.Measure(Gsm7.Normalise(text)).IsGsm7;

    private static IEnumerable<FieldProblem> Check(Language language, string key, string text, bool anyLanguage)
    {
        var shipped = LanguageFile.TextsOf(language);
        if (!shipped.TryGetValue(key, out var original))
        {
            var meant = DidYouMean.Nearest(key, shipped.Keys) is { } nearest ? $"; did you mean {nearest}?" : "";
            yield return Problem(key, "unknown_key", $"there is no text of this key{meant}");
            yield break;
        }
        var phrase = new Phrase(text);
        IReadOnlyCollection<string> used = [.. phrase.UsedPlaceholders.Distinct()];
        IReadOnlyCollection<string> needed = [.. new Phrase(original).UsedPlaceholders.Distinct()];
        var allowed = _parts.Any(part => key.StartsWith(part, StringComparison.Ordinal))
            ? needed
            : [.. needed.Union(_always)];
        foreach (var unknown in used.Except(allowed))
            yield return Problem(
                key,
                "unknown_placeholder",
                allowed.Count == 0
                    ? $"{{{unknown}}} has no value here: use none"
                    : $"{{{unknown}}} has no value here; use {string.Join(", ", allowed.Select(name => $"{{{name}}}"))}"
            );
        foreach (var missing in needed.Except(used).Except(_dispensable))
            yield return Problem(
                key,
                "missing_placeholder",
                $"name {{{missing}}}, as the shipped text does: “{original}”"
            );
        if (TextRules.HasLink(text))
            yield return Problem(key, TextRules.LinkInText.Code, TextRules.LinkInText.Message);
        if (
            _short.Any(part => key.Contains(part, StringComparison.Ordinal))
            && phrase.FixedParts.Sum(part => part.Length) > MaxShort
        )
            yield return Problem(key, "too_long", $"it has at most {MaxShort} characters besides its values");
        if (!anyLanguage && LanguageGuess.OtherThan(language, text) is { } other)
            yield return Problem(
                key,
                "other_language",
                $"it reads like '{other}', not '{language.Tag}'; send \"anyLanguage\": true if it is meant"
            );
    }

    private static FieldProblem Problem(string key, string code, string fix) =>
        new(PointerOf(key), code, $"phrases.{key}: {fix}");

    private static string PointerOf(string key) => $"#/phrases/{JsonPointer.Escape(key)}";
}
