using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

/// <summary>
/// Every setting that the app reads, in the form of an app setting: <c>Email__From</c>, the first item of a list as
/// <c>__0</c>.
/// </summary>
public static partial class SettingReads
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Sources
            .Functions.SelectMany(file => In(file.Text, Sources.CompiledTypes))
            .Concat(
                FunctionMethods.All.SelectMany(f =>
                    InTrigger(f.Timer?.Schedule ?? f.Queue?.QueueName ?? f.Http?.Route ?? "")
                )
            )
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <param name="types">The sources of the classes that sections are bound to.</param>
    public static IEnumerable<string> In(string text, IEnumerable<Type> types) =>
        Read()
            .Matches(text)
            .Select(read => Written(read.Groups[1].Value))
            .Concat(
                from bound in BoundSection().Matches(text)
                let type = types.Single(type => type.Name == bound.Groups["type"].Value)
                from name in Properties(
                    type,
                    bound.Groups["section"].Value + (bound.Groups["list"].Success ? "__0" : "")
                )
                select name
            );

    /// <summary>Reads that <see cref="In"/> cannot name, because the setting's name is not a literal.</summary>
    public static IEnumerable<string> Unseen(string code) => Other().Matches(code).Select(found => found.Value);

    public static IEnumerable<string> InTrigger(string text) =>
        Placeholder().Matches(text).Select(found => Written(found.Groups[1].Value));

    private static string Written(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    private static IEnumerable<string> Properties(Type type, string prefix) =>
        from property in type.GetProperties()
        where property.CanWrite
        let name = $"{prefix}__{property.Name}"
        from leaf in property.PropertyType switch
        {
            { IsGenericType: true } list when list.IsAssignableTo(typeof(IEnumerable<string>)) => [name + "__0"],
            var own when Sources.IsProduct(own.Namespace) && !own.IsEnum => Properties(own, name),
            _ => [name],
        }
        select leaf;

    [GeneratedRegex(
        """(?:settings\[|Required\(settings,\s*|settings\.GetValue(?:<[^>]+>)?\()"([^"]+)" """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Read();

    [GeneratedRegex("""settings\.GetSection\("(?<section>\w+)"\)\.Get<(?:(?<list>List)<)?(?<type>\w+)>""")]
    private static partial Regex BoundSection();

    /// <summary>
    /// <see cref="CSharpText"/> removes the text of a literal but not its quotes. <c>settings[name]</c> is how
    /// <c>Required</c> itself reads.
    /// </summary>
    [GeneratedRegex(
        """"
            settings\s*\[ (?! ""\] | name\] ) .*
            | settings\s*\. (?! GetValue(?:<[^>]+>)?\(""[,)] | GetSection\(""\)\.Get< ) .*
            | Required\(settings, (?! \s*""\) ) .*
            """",
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Other();

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
