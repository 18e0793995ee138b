using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>
/// Finds which of our own types a source file names: by using directive, by full or partial name, or by enclosing
/// namespace.
/// </summary>
public sealed partial class TypeUses(IReadOnlyList<SourceFile> files)
{
    private readonly ILookup<string, string> _types = files
        .SelectMany(file => file.Types.Select(type => (file.Namespace, type)))
        .Distinct()
        .ToLookup(t => t.Namespace, t => t.type);

    public IEnumerable<TypeUse> All => files.SelectMany(Of).Distinct();

    private IEnumerable<TypeUse> Of(SourceFile file)
    {
        foreach (var space in file.Usings.Where(_types.Contains))
        {
            var used = _types[space].Where(type => Occurs(type, file.Code)).DefaultIfEmpty("*");
            foreach (var type in used)
                yield return new(file.Path, file.Namespace, space, type);
        }
        foreach (var space in Above(file.Namespace).Where(space => space != file.Namespace))
        {
            foreach (var type in _types[space].Where(type => Occurs(type, file.Code)))
                yield return new(file.Path, file.Namespace, space, type);
        }
        foreach (
            var (space, type) in Chain().Matches(file.Code).SelectMany(chain => Named(chain.Value.Split('.'), file))
        )
            if (space != file.Namespace)
                yield return new(file.Path, file.Namespace, space, type);
    }

    private IEnumerable<(string Space, string Type)> Named(string[] chain, SourceFile file) =>
        from length in Enumerable.Range(1, chain.Length - 1)
        let partly = string.Join('.', chain[..length])
        from space in Above(file.Namespace).Select(above => $"{above}.{partly}").Append(partly)
        where _types[space].Contains(chain[length])
        select (space, chain[length]);

    private static IEnumerable<string> Above(string space)
    {
        for (var end = space.Length; end > 0; end = space.LastIndexOf('.', end - 1))
            yield return space[..end];
    }

    /// <summary>
    /// Matches a name used as a type: <c>Run(</c> alone is a method, <c>new Run(</c> and <c>: Run(</c> are types.
    /// </summary>
    private static bool Occurs(string type, string code) =>
        Regex.IsMatch(code, $@"(?<![\w.]){type}(?![\w(])|(?:\bnew|:)\s+{type}\(");

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Chain();
}
