using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>The templates of log lines.</summary>
public static partial class LogLines
{
    public static IEnumerable<string> In(string text) => Template().Matches(text).Select(line => line.Groups[1].Value);

    [GeneratedRegex("""\.Log(?:Trace|Debug|Information|Warning|Error|Critical)\(\s*(?:\w+,\s*)?"([^"]*)""")]
    private static partial Regex Template();
}
