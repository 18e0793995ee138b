using System.Text.RegularExpressions;

namespace Dunning.OpenApi;

/// <summary>A request of <c>requests.http</c>, which works against the local host.</summary>
/// <param name="Title">What it does, in words.</param>
/// <param name="Path">As it is sent, without its query.</param>
/// <param name="Query">Names and values.</param>
/// <param name="Body">Empty for none.</param>
internal sealed partial record ApiExample(
    string Title,
    string Method,
    string Path,
    IReadOnlyList<(string Name, string Value)> Query,
    string ContentType,
    string Body
)
{
    private static readonly IReadOnlyList<ApiExample> _all = Read(EmbeddedText.Read("requests.http"));

    /// <returns>In the order of the file.</returns>
    public static IReadOnlyList<ApiExample> Of(ApiRoute route) => [.. _all.Where(example => example.IsOf(route))];

    internal static IReadOnlyList<ApiExample> Read(string file) =>
        [
            .. file.ReplaceLineEndings("\n")
                .Split("\n### ")
                .Skip(1)
                .Select(block => BlockPattern().Match(block))
                .Where(block => block.Success)
                .Select(block => Of(block.Groups)),
        ];

    private static ApiExample Of(GroupCollection parts)
    {
        var address = parts["address"].Value.Split('?', 2);
        return new ApiExample(
            parts["title"].Value.Trim(),
            parts["method"].Value,
            address[0],
            [
                .. (address.ElementAtOrDefault(1) ?? "")
                    .Split('&', StringSplitOptions.RemoveEmptyEntries)
                    .Select(field => field.Split('=', 2))
                    .Select(field => (field[0], Uri.UnescapeDataString(field.ElementAtOrDefault(1) ?? ""))),
            ],
            TypePattern().Match(parts["headers"].Value) is { Success: true } type ? type.Groups[1].Value.Trim() : "",
            // A value of an answer before has another one each time.
            VariablePattern().Replace(parts["body"].Value.Trim(), "…")
        );
    }

    private bool IsOf(ApiRoute route)
    {
        var (own, shape) = (Path.Split('/'), route.Path.Split('/'));
        return Method == route.Method
            && own.Length == shape.Length
            && shape.Zip(own).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    [GeneratedRegex(
        @"\A(?<title>[^\n]+)\n(?:#[^\n]*\n)*(?<method>[A-Z]+) \{\{host\}\}(?<address>\S+)\n"
            + @"(?<headers>(?:[\w-]+:[^\n]*\n)*)"
            + @"(?:\n(?<body>[\s\S]*))?"
    )]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^Content-Type:(.+)$", RegexOptions.Multiline)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\{\{[^}]+\}\}")]
    private static partial Regex VariablePattern();
}
