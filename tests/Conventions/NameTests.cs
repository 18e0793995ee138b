using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

public sealed partial class NameTests
{
    private static readonly string[] _verbs =
    [
        "Accept",
        "Apply",
        "Change",
        "Close",
        "Delete",
        "Discard",
        "Dispute",
        "Drop",
        "Explain",
        "Export",
        "Find",
        "Forget",
        "Get",
        "Hold",
        "Import",
        "Keep",
        "List",
        "Mark",
        "Merge",
        "Post",
        "Prune",
        "Receive",
        "Record",
        "Release",
        "Replay",
        "Requeue",
        "Resolve",
        "Resume",
        "Scan",
        "Send",
        "Show",
        "Simulate",
        "Void",
        "Watch",
        "Write",
    ];

    private static readonly string[] _empty =
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

    [Fact]
    public void A_function_class_lies_in_a_file_of_its_name()
    {
        var expected = FunctionMethods
            .All.Select(f => f.Class)
            .Distinct()
            .Select(type => (type.Name, Path: string.Join('/', type.FullName!.Split('.')[1..]) + ".cs"));

        Found.Nothing(
            expected.Where(e => !Sources.Functions.Any(file => file.Path == e.Path && file.Types.Contains(e.Name)))
        );
    }

    [Fact]
    public void A_file_is_named_for_a_type_that_it_holds() =>
        Found.Nothing(
            from file in Sources.Functions
            where file.Path != "Program.cs" && !file.Types.Contains(file.Path.Split('/')[^1].Split('.')[0])
            select file.Path
        );

    [Fact]
    public void A_function_and_its_class_are_a_verb_and_a_noun()
    {
        var names = FunctionMethods.All.SelectMany(f => new[] { f.Class.Name, f.Name }).Distinct().ToList();

        Assert.NotEmpty(names);
        Found.Nothing(names.Where(name => !IsVerbAndNoun(name)));
    }

    [Fact]
    public void No_type_and_no_folder_has_a_name_that_says_nothing()
    {
        var types = Sources
            .CompiledTypes.Where(type => !IsTheFrameworksOwnWord(type))
            .Select(type => type.Name.Split('`')[0]);
        var folders = Sources.Functions.SelectMany(file => file.Path.Split('/')[..^1]);

        Found.Nothing(types.Concat(folders).Distinct().Where(SaysNothing));
    }

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
    public void A_name_that_says_nothing_is_noticed(string name, bool empty) => Assert.Equal(empty, SaysNothing(name));

    private static bool IsVerbAndNoun(string name) =>
        Word().Matches(name) is { Count: >= 2 } words && _verbs.Contains(words[0].Value);

    private static bool SaysNothing(string name) => _empty.Any(word => name.EndsWith(word, StringComparison.Ordinal));

    /// <summary>What stands in an HttpClient's chain is called a handler in .NET.</summary>
    private static bool IsTheFrameworksOwnWord(Type type) => type.IsSubclassOf(typeof(HttpMessageHandler));

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
