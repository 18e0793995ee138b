using YamlDotNet.RepresentationModel;

namespace Dunning.Tests.Infra;

internal static class YamlLeaves
{
    /// <returns>By path, such as <c>hooks.postprovision.posix.shell</c>; the items of a list have one path.</returns>
    public static ILookup<string, string> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Below(stream.Documents[0].RootNode, "").ToLookup(leaf => leaf.Path, leaf => leaf.Value);
    }

    private static IEnumerable<(string Path, string Value)> Below(YamlNode node, string path) =>
        node switch
        {
            YamlMappingNode parts => parts.SelectMany(part => Below(part.Value, $"{path}.{part.Key}".TrimStart('.'))),
            YamlSequenceNode items => items.SelectMany(item => Below(item, path)),
            _ => [(path, ((YamlScalarNode)node).Value ?? "")],
        };
}
