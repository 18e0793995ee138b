using System.Text.RegularExpressions;
using Dunning.Local;

namespace Dunning.Tests.Conventions;

public sealed partial class NameTests
{
    private static readonly string[] _verbs =
    [
        "Accept",
        "Agree",
        "Answer",
        "Apply",
        "Assign",
        "Cancel",
        "Change",
        "Choose",
        "Close",
        "Complete",
        "Confirm",
        "Create",
        "Delete",
        "Discard",
        "Dismiss",
        "Dispute",
        "Drop",
        "End",
        "Explain",
        "Export",
        "Extend",
        "Fetch",
        "Find",
        "Forget",
        "Get",
        "Hand",
        "Hold",
        "Import",
        "Keep",
        "List",
        "Mark",
        "Merge",
        "Move",
        "Post",
        "Preview",
        "Print",
        "Prune",
        "Receive",
        "Record",
        "Refund",
        "Release",
        "Replay",
        "Report",
        "Requeue",
        "Resolve",
        "Run",
        "Resume",
        "Scan",
        "Send",
        "Show",
        "Simulate",
        "Start",
        "Stop",
        "Summarize",
        "Verify",
        "Void",
        "Waive",
        "Watch",
        "Withdraw",
        "Write",
    ];

    private static readonly string[] _meaninglessWords =
    [
        "Service",
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Utility",
        "Common",
        "Shared",
        "Model",
        "Models",
        "Handler",
    ];

    /// <summary>
    /// Names of earlier versions for which a standard term is used now; see the glossary in docs/architecture.md.
    /// </summary>
    private static readonly HashSet<string> _replacedNames =
    [
        "Acceptance",
        "BookTable",
        "CleanLetter",
        "Climb",
        "Climbed",
        "CustomerBook",
        "DeliveryNews",
        "Departures",
        "Detour",
        "Draft",
        "Errand",
        "EventFields",
        "Fate",
        "FateOf",
        "Fence",
        "Findings",
        "Forgetting",
        "FuzzHouse",
        "GoOn",
        "Handover",
        "House",
        "HouseZone",
        "IncomingText",
        "IsOurs",
        "Kin",
        "LadderFrom",
        "LetGo",
        "LetterKind",
        "LetterWords",
        "MailParty",
        "MailRoom",
        "MailThread",
        "MolliePings",
        "NoticeRecord",
        "Obstacle",
        "PaymentFact",
        "PaymentMarks",
        "PaymentNews",
        "Pleas",
        "ProviderWords",
        "Refusal",
        "ReminderLeaving",
        "ReplyNews",
        "Rescheduling",
        "Rulebook",
        "Silenced",
        "StepBack",
        "Strangers",
        "Suppression",
        "Told",
        "Tries",
        "Untold",
        "Verdict",
        "Victim",
        "Weather",
        "WideCountries",
        "Wire",
        "XmlDialect",
    ];

    [Fact]
    public void A_function_class_lies_in_a_file_of_its_name()
    {
        var expected = FunctionMethods
            .All.Select(f => f.Class)
            .Distinct()
            .Select(type => (type.Name, Path: string.Join('/', type.FullName!.Split('.')[1..]) + ".cs"));

        ScanAssert.Empty(
            expected.Where(e => !Sources.Functions.Any(file => file.Path == e.Path && file.Types.Contains(e.Name)))
        );
    }

    [Fact]
    public void A_file_is_named_for_a_type_that_it_holds() =>
        ScanAssert.Empty(
            from file in Sources.Functions
            where file.Path != "Program.cs" && !file.Types.Contains(file.Path.Split('/')[^1].Split('.')[0])
            select file.Path
        );

    [Fact]
    public void A_function_and_its_class_are_a_verb_and_a_noun()
    {
        var names = FunctionMethods.All.SelectMany(f => new[] { f.Class.Name, f.Name }).Distinct().ToList();

        Assert.NotEmpty(names);
        ScanAssert.Empty(names.Where(name => !IsVerbAndNoun(name)));
    }

    [Fact]
    public void No_type_and_no_folder_has_a_meaningless_name()
    {
        var types = Sources.CompiledTypes.Where(type => !IsFrameworkName(type)).Select(type => type.Name.Split('`')[0]);
        var folders = Sources.Functions.SelectMany(file => file.Path.Split('/')[..^1]);

        ScanAssert.Empty(types.Concat(folders).Distinct().Where(IsMeaningless));
    }

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    [InlineData("tests")]
    public void No_identifier_is_a_name_that_was_replaced(string folder) =>
        ScanAssert.Empty(
            from path in Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder),
                "*.cs",
                SearchOption.AllDirectories
            )
            let file = Path.GetRelativePath(Repository.Root, path)
            where !file.Split('/', '\\').Any(part => part is "bin" or "obj" or "node_modules")
            from name in ReplacedNamesIn(File.ReadAllText(path))
            select $"{file}: {name}"
        );

    [Theory]
    [InlineData("SendEmailNotice", true)]
    [InlineData("EmailNoticeSender", false)]
    [InlineData("Send", false)]
    [InlineData("Sending", false)]
    public void A_verb_alone_or_a_noun_alone_is_not_enough(string name, bool good) =>
        Assert.Equal(good, IsVerbAndNoun(name));

    [Theory]
    [InlineData("InvoiceService", true)]
    [InlineData("DateUtils", true)]
    [InlineData("Models", true)]
    [InlineData("Invoice", false)]
    public void A_meaningless_name_is_noticed(string name, bool empty) => Assert.Equal(empty, IsMeaningless(name));

    [Theory]
    [InlineData("class Rulebook { }", "Rulebook")]
    [InlineData("(Invoice? Changed, ApiResult? Refusal) Read() => default;", "Refusal")]
    [InlineData("var text = $\"{Told(1)} events\";", "Told")]
    [InlineData("// the Rulebook\nvar rules = \"Rulebook\";", null)]
    [InlineData("class RulebookReader { bool IsTold; }", null)]
    public void A_replaced_name_is_noticed_in_code_only(string text, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], ReplacedNamesIn(text));

    private static IEnumerable<string> ReplacedNamesIn(string text) =>
        Identifier()
            .Matches(CSharpText.CodeOf(text))
            .Select(match => match.Value)
            .Where(_replacedNames.Contains)
            .Distinct();

    private static bool IsVerbAndNoun(string name) =>
        WordPattern().Matches(name) is { Count: >= 2 } words && _verbs.Contains(words[0].Value);

    private static bool IsMeaningless(string name) =>
        _meaninglessWords.Any(word => name.EndsWith(word, StringComparison.Ordinal));

    /// <summary>.NET itself calls the parts of an HttpClient's pipeline handlers.</summary>
    private static bool IsFrameworkName(Type type) => type.IsSubclassOf(typeof(HttpMessageHandler));

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex WordPattern();
}
