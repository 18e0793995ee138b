using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Tests.Conventions;

namespace Dunning.Tests.Infra;

/// <summary>All inputs of the rules as text, so that a test can plant a mistake.</summary>
internal sealed class InfraFiles
{
    /// <summary>The compiled main.bicep: infra/bicep.targets.</summary>
    public const string CompiledTemplate = "infra/obj/main.json";
    public const string ParametersFile = "infra/main.parameters.json";
    public const string AzureYaml = "azure.yaml";
    public const string Workflow = ".github/workflows/azure-dev.yml";

    /// <summary>Not a file: <see cref="CodeFacts"/> as JSON.</summary>
    public const string TheCode = "code";

    private static readonly JsonSerializerOptions _indentedJson = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, string> _texts;

    private InfraFiles(Dictionary<string, string> texts)
    {
        _texts = texts;
        Main = new ArmTemplate("main", Object(CompiledTemplate));
        Parameters = Object(ParametersFile)["parameters"]!
            .AsObject()
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value!["value"]!.ToString());
        Code = JsonSerializer.Deserialize<CodeFacts>(texts[TheCode])!;
    }

    public static InfraFiles OfRepository { get; } =
        new(
            new[] { CompiledTemplate, ParametersFile, AzureYaml, Workflow }
                .ToDictionary(file => file, Sources.Text)
                .Append(new(TheCode, JsonSerializer.Serialize(CodeFacts.Read(), _indentedJson)))
                .ToDictionary()
        );

    public ArmTemplate Main { get; }

    public IReadOnlyDictionary<string, string> Parameters { get; }

    public CodeFacts Code { get; }

    public string Text(string file) => _texts[file];

    public InfraFiles With(string file, string text, string other)
    {
        var at = Text(file).IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} no longer holds {text}");
        var changed = string.Concat(Text(file).AsSpan(0, at), other, Text(file).AsSpan(at + text.Length));
        return new(new(_texts) { [file] = changed });
    }

    private JsonObject Object(string file) => JsonNode.Parse(Text(file))!.AsObject();
}
