using System.Text.RegularExpressions;
using Dunning.Calls;
using Dunning.Evidence.Cases;
using Dunning.Explanations;
using Dunning.FollowUps;
using Dunning.Forecast;
using Dunning.Monitoring;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Portal.Answers;
using Dunning.PostalLetters;
using Dunning.Receivables;
using Dunning.Tests.Conventions;

namespace Dunning.Tests.Dashboard;

/// <summary>Every word of the pages comes from the language files, and every word there is used.</summary>
public sealed partial class PageWordsTests
{
    private static readonly PagePhrases _dashboard = Language.For("en").Dashboard;

    private static PagePhrases WordsOf(string folder) => folder == "Dashboard" ? _dashboard : Language.For("en").Portal;

    /// <summary>The summary of an evidence pack is in the words of the dashboard.</summary>
    private static IReadOnlyList<(string Path, string Text)> SourcesOf(string folder) =>
        [
            .. (folder == "Dashboard" ? [folder, "Evidence"] : new[] { folder })
                .SelectMany(name =>
                    Directory.EnumerateFiles(
                        Path.Combine(Sources.FunctionsFolder, name),
                        "*",
                        SearchOption.AllDirectories
                    )
                )
                .Where(path =>
                    path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal)
                )
                .Select(path => (path, File.ReadAllText(path))),
        ];

    [Theory]
    [InlineData("Dashboard")]
    [InlineData("Portal")]
    public void Every_key_that_a_page_names_has_words(string folder) =>
        ScanAssert.Empty(
            from source in SourcesOf(folder)
            from match in NamedKey().Matches(source.Text).Cast<Match>()
            let key = match.Groups[1].Value
            where !WordsOf(folder).Phrases.ContainsKey(key) && !WordsOf(folder).Counted.ContainsKey(key)
            select $"{Path.GetFileName(source.Path)}: {key}"
        );

    [Theory]
    [InlineData("Dashboard")]
    [InlineData("Portal")]
    public void No_words_are_left_over(string folder)
    {
        var text = string.Join('\n', SourcesOf(folder).Select(source => source.Text));

        ScanAssert.Empty(
            WordsOf(folder)
                .Phrases.Keys.Concat(WordsOf(folder).Counted.Keys)
                .Where(key =>
                    !text.Contains($"\"{key}\"", StringComparison.Ordinal)
                    && !text.Contains($"\"{key.Split('.')[0]}.", StringComparison.Ordinal)
                    && !text.Contains($"\"{key.Split('.')[0]}\"", StringComparison.Ordinal)
                    && !key.StartsWith("error.", StringComparison.Ordinal)
                )
        );
    }

    /// <summary>But for the law, which the form does not have.</summary>
    [Fact]
    public void Every_mistake_in_a_policy_has_words() =>
        ScanAssert.Empty(
            PolicyCode()
                .Matches(Sources.Text("functions/Policies/PolicyRules.cs"))
                .Select(match => match.Groups[1].Value)
                .Where(code => code != "unknown_law")
                .Select(code =>
                    string.Concat(code.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
                )
                .Select(code => $"problem.{char.ToLowerInvariant(code[0])}{code[1..]}")
                .Where(key => !WordsOf("Dashboard").Phrases.ContainsKey(key))
        );

    [GeneratedRegex(@""",\s*""([a-z_]+)"",\s*[$]?""")]
    private static partial Regex PolicyCode();

    [Fact]
    public void Every_code_that_a_page_shows_has_words() =>
        ScanAssert.Empty(
            Keys<NoticeTone>("tone")
                .Concat(Keys<AgeBucket>("age"))
                .Concat(Keys<Channel>("channel"))
                .Concat(Keys<NoMessageReason>("silence"))
                .Concat(Keys<HoldReason>("hold"))
                .Concat(Keys<LedgerKind>("ledger"))
                .Concat(Keys<MovementKind>("movement"))
                .Concat(Keys<FollowUpKind>("followUp"))
                .Concat(Keys<TalkingPointCode>("talk"))
                .Concat(Keys<LetterState>("letterState"))
                .Concat(Keys<SmsSenderRule>("smsRule"))
                .Concat(Keys<HeldUp>("heldUp"))
                .Concat(Keys<IfNobodyActs>("otherwise"))
                .Concat(Keys<HealthStatus>("health"))
                .Concat(Keys<EventKind>("event"))
                .Concat(Keys<EventReason>("eventReason"))
                .Concat(Keys<DunningBlock>("block"))
                .Concat(Keys<OperatorDecisionKind>("decision"))
                .Concat(Keys<CustomerField>("customerField"))
                .Concat(Keys<CustomerKind>("customerKind"))
                .Concat(Keys<CaseGapCode>("evidenceGap"))
                .Concat(Keys<DayDecisionCode>("why").Where(key => !Keys<DunningBlock>("why").Contains(key)))
                .Where(key => !_dashboard.Phrases.ContainsKey(key))
        );

    [Fact]
    public void Every_code_that_a_customer_sees_has_words() =>
        ScanAssert.Empty(
            Keys<AnswerKind>("answer")
                .Concat(Keys<AnswerKind>("confirm"))
                .Concat(Keys<AnswerKind>("about"))
                .Concat(Keys<AnswerKind>("done"))
                .Concat(Keys<ComplaintMatter>("matter"))
                .Concat(Keys<MovementKind>("movement"))
                .Where(key => !WordsOf("Portal").Phrases.ContainsKey(key))
        );

    /// <summary>Between two tags stands nothing but an expression, a blank or a mark.</summary>
    [Theory]
    [InlineData("Dashboard")]
    [InlineData("Portal")]
    public void No_page_has_words_of_its_own(string folder) =>
        ScanAssert.Empty(
            from source in SourcesOf(folder)
            where source.Path.EndsWith(".razor", StringComparison.Ordinal)
            let markup = source.Text.Split("@code")[0]
            from match in OwnWords().Matches(Comment().Replace(markup, "")).Cast<Match>()
            select $"{Path.GetFileName(source.Path)}: {match.Value}"
        );

    private static IEnumerable<string> Keys<T>(string group)
        where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => $"{group}.{char.ToLowerInvariant(name[0])}{name[1..]}");

    [GeneratedRegex(@"Words(?:\[|\.(?:Say|Plain|Count|PlainCount)\()""([A-Za-z0-9.]+)""")]
    private static partial Regex NamedKey();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@">\s*[A-Z][a-z]+[^<>{}@]*</")]
    private static partial Regex OwnWords();
}
