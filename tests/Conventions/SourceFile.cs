using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <param name="Path">Below <c>functions/</c>, with <c>/</c> between folders.</param>
public sealed partial record SourceFile(string Path, string Text)
{
    public string Code { get; } = CSharpText.CodeOf(Text);

    /// <summary>Empty for top-level statements.</summary>
    public string Namespace => NamespaceLine().Match(Code).Groups[1].Value;

    /// <summary>Names of the types that the file declares, nested ones too.</summary>
    public IEnumerable<string> Types => Declaration().Matches(Code).Select(found => found.Groups[1].Value);

    /// <summary>The namespaces of its using directives; aliases and <c>using static</c> name a type instead.</summary>
    public IEnumerable<string> Usings => UsingLine().Matches(Code).Select(found => found.Groups[1].Value);

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(
        @"\b(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s[^;={}]*?)\s+([A-Z]\w*)(?=\s*[<({:;\n])"
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:global::)?([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
