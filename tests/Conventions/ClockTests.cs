using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>Time comes from TimeProvider, settings from IConfiguration, and no code sleeps.</summary>
public sealed partial class ClockTests
{
    [Theory]
    [InlineData("functions/Dunning.Functions.csproj", "BannedSymbols.txt")]
    [InlineData("local/Dunning.Local.csproj", "../functions/BannedSymbols.txt")]
    public void A_project_is_compiled_with_the_ban(string project, string list)
    {
        AssertHas(project, "<PackageReference Include=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"");
        AssertHas(project, $"<AdditionalFiles Include=\"{list}\" />");
        AssertHas("Directory.Build.props", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
    }

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTime.Today")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("M:System.Environment.GetEnvironmentVariable(System.String)")]
    public void The_ban_names(string symbol) =>
        Assert.Contains(
            Sources.Text("functions/BannedSymbols.txt").Split('\n'),
            line => line.StartsWith(symbol + ";", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Directory.Build.props")]
    [InlineData(".editorconfig")]
    [InlineData("functions/Dunning.Functions.csproj")]
    [InlineData("local/Dunning.Local.csproj")]
    public void Nothing_lifts_the_ban(string file)
    {
        Assert.DoesNotContain("RS0030", Sources.Text(file), StringComparison.Ordinal);
        ScanAssert.Empty(With("RS0030"));
    }

    [Fact]
    public void No_source_uses_what_is_banned() =>
        ScanAssert.Empty(
            Sources.Functions.SelectMany(file =>
                Banned().Matches(file.Code).Select(found => $"{file.Path}: {found.Value}")
            )
        );

    [Fact]
    public void The_systems_clock_is_chosen_in_one_place() =>
        Assert.Equal(["DunningServices.cs"], With("TimeProvider.System"));

    [Theory]
    [InlineData("var now = DateTime.UtcNow;", true)]
    [InlineData("var day = System.DateTimeOffset.Now.Date;", true)]
    [InlineData("await Task.Delay(5);", true)]
    [InlineData("using static System.DateTime;", true)]
    [InlineData("// never DateTime.UtcNow", false)]
    [InlineData("clock.UtcNow(); Delay(); x.Today(now);", false)]
    public void A_banned_call_is_noticed(string code, bool banned) =>
        Assert.Equal(banned, Banned().IsMatch(CSharpText.CodeOf(code)));

    private static void AssertHas(string path, string words) =>
        Assert.Contains(words, Sources.Text(path), StringComparison.Ordinal);

    private static IEnumerable<string> With(string words) =>
        Sources.Functions.Where(file => file.Text.Contains(words, StringComparison.Ordinal)).Select(file => file.Path);

    [GeneratedRegex(
        @"\bDateTime(?:Offset)?\s*\.\s*(?:Utc)?(?:Now|Today)\b|\bEnvironment\s*\.\s*GetEnvironmentVariables?\b|\bThread\s*\.\s*Sleep\b"
            + @"|\bTask\s*\.\s*Delay\b|\bStopwatch\b|\bSystemClock\b|using static System\.(?:DateTime|DateTimeOffset|Environment|Threading)\b"
    )]
    private static partial Regex Banned();
}
