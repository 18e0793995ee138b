using System.Text.Json.Nodes;

namespace Dunning.Tests.Infra;

/// <summary>A compiled template: <c>main.bicep</c>, or a module inside it.</summary>
/// <param name="Name">The module's name; <c>main</c> for the outermost.</param>
/// <param name="Caller">The template that contains the module.</param>
/// <param name="Given">The parameter values from the caller.</param>
internal sealed record ArmTemplate(string Name, JsonObject Json, ArmTemplate? Caller = null, JsonObject? Given = null)
{
    /// <summary>Placeholder for the part of a text that is known only in Azure.</summary>
    public const string Unknown = "?";

    public JsonObject Parameters => Part("parameters");

    public JsonObject Variables => Part("variables");

    public JsonObject Outputs => Part("outputs");

    public IEnumerable<ArmResource> Resources =>
        Json["resources"]!.AsArray().Select(resource => new ArmResource(this, resource!.AsObject()));

    public IEnumerable<ArmTemplate> Modules =>
        from resource in Resources
        where resource.Type == "Microsoft.Resources/deployments"
        let properties = resource.Json["properties"]!
        select new ArmTemplate(
            resource.Name,
            properties["template"]!.AsObject(),
            this,
            properties["parameters"]?.AsObject()
        );

    public IEnumerable<ArmTemplate> AllTemplates => Modules.SelectMany(module => module.AllTemplates).Prepend(this);

    public IEnumerable<ArmResource> AllResources => AllTemplates.SelectMany(template => template.Resources);

    /// <summary>
    /// All possible texts of a value, with <see cref="Unknown"/> for parts that cannot be determined.
    /// </summary>
    public IEnumerable<string> TextsOf(JsonNode? value) =>
        value switch
        {
            JsonArray items => items.SelectMany(TextsOf),
            JsonValue text => TextsOf(ArmExpression.Parse(text.ToString())),
            _ => [Unknown],
        };

    public IEnumerable<string> TextsOf(ArmExpression value) =>
        value switch
        {
            ArmText text => [text.Value],
            ArmCall { Name: "if", Arguments: [_, var yes, var no] } => TextsOf(yes).Concat(TextsOf(no)),
            ArmCall { Name: "format", Arguments: [ArmText pattern, .. var holes] } => Filled(pattern.Value, holes),
            ArmMember { Owner: var list, Key: ArmCall { Name: "copyIndex" } } => TextsOf(Find(list)),
            _ => TextsOf(Find(value)),
        };

    /// <summary>The strings of the template and its modules, each with the key before it.</summary>
    public IEnumerable<(string Key, string Text)> Strings => StringsIn(Json, "");

    /// <summary>The value of a variable, or of a member of one.</summary>
    private JsonNode? Find(ArmExpression value) =>
        value switch
        {
            ArmCall call when call.NameGivenTo("variables") is { } name => Variables[name],
            ArmMember { Owner: var outer, Key: ArmText key } => (Find(outer) as JsonObject)?[key.Value],
            _ => null,
        };

    private IEnumerable<string> Filled(string pattern, ArmExpression[] holes)
    {
        var number = 0;
        return holes.Aggregate(
            new[] { pattern },
            (texts, hole) =>
            {
                var place = $"{{{number++}}}";
                return
                [
                    .. from text in texts
                    from part in TextsOf(hole)
                    select text.Replace(place, part, StringComparison.Ordinal),
                ];
            }
        );
    }

    private JsonObject Part(string name) => Json[name]?.AsObject() ?? [];

    private static IEnumerable<(string Key, string Text)> StringsIn(JsonNode? node, string key) =>
        node switch
        {
            JsonObject parts => parts.SelectMany(part => StringsIn(part.Value, part.Key)),
            JsonArray items => items.SelectMany(item => StringsIn(item, key)),
            JsonValue value => [(key, value.ToString())],
            _ => [],
        };
}

internal sealed record ArmResource(ArmTemplate Template, JsonObject Json)
{
    public string Type => Text("type")!;

    public string Name => Text("name")!;

    public string? Text(string key) => Json[key]?.ToString();

    /// <param name="path">Such as <c>properties.httpsOnly</c>.</param>
    public JsonNode? At(string path) =>
        path.Split('.').Aggregate((JsonNode?)Json, (node, key) => (node as JsonObject)?[key]);

    public ArmExpression ExpressionAt(string path) => ArmExpression.Parse(At(path)?.ToString() ?? "");

    public override string ToString() => $"{Template.Name}: {Type} {Name}";
}
