using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Tests.Conventions;

namespace Dunning.Tests.Notices.Localization;

/// <summary>Every language says what English says, in its own words and letters.</summary>
public sealed partial class LanguageFileTests
{
    /// <summary>What is no text.</summary>
    private static readonly string[] _formats = ["tag", "direction", "plural", "dates", "money"];
    private static readonly string[] _forms = ["one", "two", "few", "many", "other"];
    private static readonly string[] _withoutGsm7 = ["ru", "he"];

    private static readonly IReadOnlyList<(string Path, string Text)> _english = TextsOf("en");

    public static TheoryData<string> Languages => [.. Language.Shipped.Select(language => language.Tag)];

    [Fact]
    public void The_nine_languages_are_shipped() =>
        Assert.Equal(
            ["da", "de", "en", "es", "fr", "he", "id", "ms", "ru"],
            Language.Shipped.Select(language => language.Tag).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void It_has_the_texts_of_the_English_file_and_no_others(string tag) =>
        Assert.Equal(_english.Select(text => text.Path).Distinct(), TextsOf(tag).Select(text => text.Path).Distinct());

    /// <summary>A form for one number only may leave out the number: "a day".</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_text_names_the_values_that_the_English_one_names(string tag)
    {
        var english = _english.ToLookup(text => text.Path, text => text.Text);

        ScanAssert.Empty(
            from text in TextsOf(tag)
            let named = Names(text.Text)
            let all = english[text.Path].SelectMany(Names).Distinct()
            let needed = english[text.Path].Select(Names).Aggregate((a, b) => [.. a.Intersect(b)])
            where named.Except(all).Any() || needed.Except(named).Except(["count", "days", "status"]).Any()
            select $"{text.Path}: {text.Text}"
        );
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_English_sentence_is_left(string tag)
    {
        if (tag == "en")
            return;
        var english = _english.Select(text => text.Text).Where(IsSentence).ToHashSet();

        ScanAssert.Empty(
            from text in TextsOf(tag)
            where english.Contains(text.Text)
            select $"{text.Path}: {text.Text}"
        );
    }

    /// <summary>Letters of another script would be words of another language.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void No_word_of_another_script_is_left(string tag)
    {
        var foreign = tag switch
        {
            "ru" => NotCyrillic(),
            "he" => NotHebrew(),
            _ => NotLatin(),
        };

        ScanAssert.Empty(
            from text in TextsOf(tag)
            from match in foreign.Matches(Kept().Replace(text.Text, "")).Cast<Match>()
            select $"{text.Path}: {match.Value} in {text.Text}"
        );
    }

    /// <summary>One letter outside of the alphabet makes the whole SMS twice as long.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void The_words_of_an_SMS_are_letters_of_GSM_7(string tag)
    {
        if (_withoutGsm7.Contains(tag))
            return;

        ScanAssert.Empty(
            from text in TextsOf(tag)
            where
                text.Path.StartsWith("sms.", StringComparison.Ordinal)
                || text.Path.StartsWith("common.sms", StringComparison.Ordinal)
            where !Gsm7.Measure(Gsm7.Normalise(text.Text)).IsGsm7
            select $"{text.Path}: {text.Text}"
        );
    }

    /// <summary>A blank before these marks that lines may not break at.</summary>
    [Fact]
    public void French_marks_keep_their_blank() =>
        ScanAssert.Empty(
            from text in TextsOf("fr")
            where !text.Path.Contains("sms", StringComparison.OrdinalIgnoreCase)
            where FrenchMark().IsMatch(text.Text)
            select $"{text.Path}: {text.Text}"
        );

    private static IReadOnlyList<(string Path, string Text)> TextsOf(string tag) =>
        [.. Flatten(JsonNode.Parse(EmbeddedText.Read($"Notices/Localization/Languages/{tag}.json"))!.AsObject(), "")];

    /// <summary>The forms of a plural share one path.</summary>
    private static IEnumerable<(string Path, string Text)> Flatten(JsonObject node, string path)
    {
        foreach (var (name, value) in node.Where(member => path.Length > 0 || !_formats.Contains(member.Key)))
        {
            if (value is JsonObject child)
                foreach (var text in Flatten(child, $"{path}{name}."))
                    yield return text;
            else
                yield return (_forms.Contains(name) ? path.TrimEnd('.') : path + name, (string)value!);
        }
    }

    private static bool IsSentence(string text) => Placeholder().Replace(text, "").Count(char.IsLetter) > 15;

    private static IReadOnlyList<string> Names(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    /// <summary>Names, examples and codes that every language has: SMS, CSV, settings, addresses.</summary>
    [GeneratedRegex(
        @"\{\w+\}|https?\S+|\S+@\S+|\S*__\S*|docs/\S+|dk_|Dunning|[A-Z][A-Za-z]+/[A-Za-z]+|"
            + @"[a-z]{2}-[A-Z]{2}|\b[A-Z][A-Z0-9-]+\b|Functions( host)?|Twilio|PayPal|Webhooks|\b[Ee]mail\b|\btrue\b|"
            + @"Xero|QuickBooks|FreshBooks|Zoho Books|camt|"
            + @"\b(sms|call|letter)\b"
    )]
    private static partial Regex Kept();

    [GeneratedRegex(@"[A-Za-z]{3,}|\p{IsHebrew}+")]
    private static partial Regex NotCyrillic();

    [GeneratedRegex(@"[A-Za-z]{3,}|\p{IsCyrillic}+")]
    private static partial Regex NotHebrew();

    [GeneratedRegex(@"[\p{IsCyrillic}\p{IsHebrew}]+")]
    private static partial Regex NotLatin();

    [GeneratedRegex(@"[^\s\u00A0\u202F][;!?»]|[ ][;:!?»]|« ")]
    private static partial Regex FrenchMark();
}
