using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>Reads a language from its JSON file. All keys are required except <c>dates.firstDay</c>.</summary>
internal static class LanguageFile
{
    public const string Folder = "Notices/Localization/Languages";

    /// <summary>What a creditor may word: all that customers read in messages, without the pages.</summary>
    private static readonly string[] _wordable =
    [
        "labels",
        "common",
        "agreements",
        "charges",
        "formalLetters",
        "letters",
        "sms",
    ];

    /// <summary>
    /// What is told to others than the customer, and the answers to SMS: no policy decides about them.
    /// </summary>
    private static readonly string[] _fixed =
    [
        "letters.followUp.",
        "common.copy",
        "common.smsHelp",
        "common.smsStopped",
    ];

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _texts = [];

    /// <summary>The shipped texts of messages by their paths, as in <c>letters.friendly.request</c>.</summary>
    public static IReadOnlyDictionary<string, string> TextsOf(Language language) =>
        _texts.GetOrAdd(
            language.Tag,
            tag =>
                Parse(tag)
                    .Where(section => _wordable.Contains(section.Key))
                    .SelectMany(section => Leaves(section.Key, section.Value!))
                    .Where(leaf => !_fixed.Any(part => leaf.Path.StartsWith(part, StringComparison.Ordinal)))
                    .ToDictionary(leaf => leaf.Path, leaf => leaf.Text, StringComparer.Ordinal)
        );

    /// <summary>The language with some of its texts in other words.</summary>
    /// <param name="phrases">By their paths; a path that the language does not have is left out.</param>
    public static Language Worded(Language language, IReadOnlyDictionary<string, string> phrases)
    {
        var root = Parse(language.Tag);
        foreach (var (path, text) in phrases.Where(phrase => TextsOf(language).ContainsKey(phrase.Key)))
        {
            var names = path.Split('.');
            names[..^1].Aggregate((JsonNode)root, (node, name) => node[name]!)[names[^1]] = Spaced(
                text,
                TextsOf(language)[path]
            );
        }
        return Read(root.ToJsonString(), language.Tag);
    }

    /// <summary>Texts that stand between others begin or end with a blank, which nobody sees to write it.</summary>
    private static string Spaced(string text, string shipped) =>
        shipped[..^shipped.TrimStart().Length] + text.Trim() + shipped[shipped.TrimEnd().Length..];

    private static JsonObject Parse(string tag) =>
        JsonNode.Parse(EmbeddedText.Read($"{Folder}/{tag}.json"))!.AsObject();

    private static IEnumerable<(string Path, string Text)> Leaves(string path, JsonNode node) =>
        node is JsonObject section
            ? section.SelectMany(child => Leaves($"{path}.{child.Key}", child.Value!))
            : [(path, node.GetValue<string>())];

    /// <exception cref="InvalidDataException">
    /// A key is missing or invalid; the message names the file and the key.
    /// </exception>
    public static Language Read(string json, string file)
    {
        using var document = JsonDocument.Parse(json);
        var root = new LanguageNode(document.RootElement, file, "");
        var rule =
            root.Text("plural") is var name && Plural.Find(name) is { } plural
                ? plural
                : throw root.Problem("plural", $"is not one of {string.Join(", ", Plural.Names)}");
        return new Language
        {
            Tag = root.Text("tag"),
            RightToLeft = root.OneOf("direction", "ltr", "rtl") == "rtl",
            LongDate = Dates(root.Child("dates"), "long", "months"),
            ShortDate = Dates(root.Child("dates"), "short", "shortMonths"),
            Money = Money(root.Child("money")),
            Labels = Enum.GetValues<LabelKey>()
                .ToDictionary(label => label, label => root.Child("labels").Text(Key(label))),
            Common = Common(root.Child("common"), rule),
            Agreements = Agreements(root.Child("agreements"), rule),
            Charges = Charges(root.Child("charges"), rule),
            FormalLetters = FormalLetters(root.Child("formalLetters")),
            Tasks = Tasks(root.Child("tasks")),
            Dashboard = Pages(root.Child("dashboard"), rule),
            Portal = Pages(root.Child("portal"), rule),
            Letters = Enum.GetValues<NoticeTone>()
                .Where(tone => tone.HasPhrases())
                .ToDictionary(tone => tone, tone => Letter(root.Child("letters").Child(Key(tone)), rule)),
            Sms = Enum.GetValues<NoticeTone>()
                .Where(tone => tone.IsSentBySms())
                .ToDictionary(tone => tone, tone => Sms(root.Child("sms").Child(Key(tone)), rule)),
        };
    }

    private static string Key<T>(T name)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(name.ToString());

    private static DatePattern Dates(LanguageNode dates, string pattern, string months) =>
        new(dates.Text(pattern), dates.Texts(months, 12), dates.OptionalText("firstDay"));

    private static MoneyPattern Money(LanguageNode money) =>
        new(
            money.Text("pattern"),
            money.Text("decimal"),
            money.Text("group"),
            money.Number("minGrouped"),
            money.Map("symbols")
        );

    private static LetterPhrases Letter(LanguageNode letter, PluralRule rule) =>
        new(
            letter.Phrase("subject"),
            letter.Plural("subjects", rule),
            letter.Phrase("heading"),
            letter.Phrase("opening"),
            letter.Plural("openings", rule),
            letter.Phrase("ask")
        );

    private static SmsPhrases Sms(LanguageNode sms, PluralRule rule) =>
        new(sms.Phrase("single"), sms.Phrase("brief"), sms.Plural("several", rule));

    private static PagePhrases Pages(LanguageNode pages, PluralRule rule)
    {
        var counted = pages.Keys.ToLookup(pages.IsObject);
        return new(
            counted[false].ToDictionary(key => key, pages.Phrase),
            counted[true].ToDictionary(key => key, key => pages.Plural(key, rule))
        );
    }

    private static AgreementPhrases Agreements(LanguageNode agreements, PluralRule rule) =>
        new(
            agreements.Phrase("partOf"),
            agreements.Phrase("part"),
            agreements.Phrase("partBy"),
            agreements.Phrase("partOn"),
            agreements.Phrase("later"),
            agreements.Phrase("discount"),
            agreements.Plural("planRule", rule),
            agreements.Phrase("planWarning"),
            agreements.Phrase("planBroken"),
            agreements.Phrase("raised"),
            agreements.Phrase("raisedBecause"),
            agreements.Phrase("aboutInvoice"),
            agreements.Phrase("promisedOn")
        );

    private static ChargePhrases Charges(LanguageNode charges, PluralRule rule) =>
        new(
            charges.Phrase("interest"),
            charges.Phrase("fixedSum"),
            charges.Phrase("reminderFee"),
            charges.Phrase("included"),
            charges.Phrase("mayCharge"),
            charges.Phrase("announced"),
            charges.Phrase("line"),
            charges.Plural("days", rule),
            charges.Phrase("percent"),
            charges.Phrase("rateUnknown"),
            charges.Phrase("lastKnownRate")
        );

    private static FormalLetterPhrases FormalLetters(LanguageNode steps) =>
        new(
            steps.Phrase("claim"),
            steps.Phrase("notice"),
            steps.Phrase("object"),
            steps.Phrase("collection"),
            steps.Phrase("furtherInterest"),
            steps.Phrase("ends"),
            steps.Phrase("keep"),
            steps.Phrase("report"),
            steps.Phrase("noReport"),
            steps.Phrase("costs"),
            steps.Phrase("vat"),
            steps.Phrase("receipt"),
            steps.Phrase("copy"),
            steps.Phrase("assigned")
        );

    private static TaskPhrases Tasks(LanguageNode tasks) =>
        new(
            tasks.Phrase("paymentMissing"),
            tasks.Phrase("collectionUnknown"),
            tasks.Phrase("retainerUsedUp"),
            tasks.Phrase("noAddressLeft"),
            tasks.Phrase("onlyChannelOptedOut"),
            tasks.Phrase("answerSms"),
            tasks.Phrase("answerEmail"),
            tasks.Phrase("answer"),
            tasks.Phrase("mayOptOut")
        );

    private static CommonPhrases Common(LanguageNode common, PluralRule rule) =>
        new(
            common.Phrase("person"),
            common.Phrase("greeting"),
            common.Phrase("copySubject"),
            common.Phrase("copyToManagement"),
            common.Phrase("copyManagementRequest"),
            common.Phrase("copyManagerCopied"),
            common.Phrase("copyToManager"),
            common.Phrase("copyManagerRequest"),
            common.Phrase("copyHeading"),
            common.Phrase("preheader"),
            common.Plural("preheaders", rule),
            common.Plural("moreInvoices", rule),
            common.Phrase("alreadyPaid"),
            common.Phrase("askForAccount"),
            common.Phrase("questions"),
            common.Phrase("questionsOnPaper"),
            common.Phrase("askForAccountOnPaper"),
            common.Phrase("askForListOnPaper"),
            common.Phrase("offerPlan"),
            common.Phrase("signOff"),
            common.Plural("overdue", rule),
            common.Plural("dueIn", rule),
            common.Phrase("dueToday"),
            common.Phrase("payAmount"),
            common.Phrase("smsBare"),
            common.Plural("smsBares", rule),
            common.Phrase("smsLink"),
            common.Phrase("smsPortal"),
            common.Phrase("smsHelp"),
            common.Phrase("smsStopped")
        );
}
