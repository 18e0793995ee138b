using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>Source text without comments and the contents of strings. The holes of <c>$""</c> remain.</summary>
public static partial class CSharpText
{
    public static string CodeOf(string text) =>
        NonCode()
            .Replace(
                text,
                match =>
                    match.Groups["holes"].Success
                        ? string.Join(' ', Hole().Matches(match.Value).Select(hole => CodeOf(hole.Groups[1].Value)))
                        : "\"\""
            );

    [GeneratedRegex(
        """"
            //.* | /\*[\s\S]*?\*/
            | (?<holes> \$+"{3,}[\s\S]*?"{3,}
                | \$"(?: \{\{ | \{[^{}]*\} | \\. | [^\\"{] )*"
                | (?:\$@|@\$)"(?: \{\{ | \{[^{}]*\} | "" | [^"{] )*" )
            | "{3,}[\s\S]*?"{3,} | @"(?: [^"] | "" )*" | "(?: \\. | [^\\"\n] )*" | '(?: \\[^']+ | \\' | [^\\'] )'
            """",
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex NonCode();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Hole();
}
