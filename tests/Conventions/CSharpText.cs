using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>
/// Source text without what the compiler does not run: comments and the words in strings. The holes of <c>$""</c> stay.
/// </summary>
public static partial class CSharpText
{
    public static string CodeOf(string text) =>
        Silent()
            .Replace(
                text,
                found =>
                    found.Groups["holes"].Success
                        ? string.Join(' ', Hole().Matches(found.Value).Select(hole => CodeOf(hole.Groups[1].Value)))
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
    private static partial Regex Silent();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Hole();
}
