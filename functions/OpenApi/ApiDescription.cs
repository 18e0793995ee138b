using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Monitoring;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.OpenApi;

/// <summary>
/// The API as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1): the routes from the triggers of the functions, the
/// examples from <c>requests.http</c>, the answers from the records that are written.
/// </summary>
internal static class ApiDescription
{
    public static JsonObject Create()
    {
        var schemas = new Dictionary<Type, string>();
        var paths = new JsonObject();
        foreach (var path in ApiRoute.All.GroupBy(route => route.Path))
            paths[path.Key] = new JsonObject(
                path.Select(route =>
                    KeyValuePair.Create<string, JsonNode?>(route.Method.ToLowerInvariant(), Operation(route, schemas))
                )
            );
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Dunning",
                ["version"] = Health.Unreachable.Version,
                ["summary"] = "Reminds customers of unpaid invoices and stops as soon as they pay.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([
                .. ApiRoute
                    .All.Select(route => route.Folder)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(folder => new JsonObject { ["name"] = folder }),
            ]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = Schemas(schemas),
                ["responses"] = new JsonObject
                {
                    ["Problem"] = new JsonObject
                    {
                        ["description"] = "What is wrong, and how to correct it (RFC 9457).",
                        ["content"] = Content("application/problem+json", Reference("schemas", "Problem")),
                    },
                },
                ["securitySchemes"] = new JsonObject
                {
                    ["functionKey"] = KeyInHeader("A function key of the app, or the master key."),
                    ["masterKey"] = KeyInHeader("The master key of the app."),
                },
            },
        };
    }

    private static JsonObject Operation(ApiRoute route, Dictionary<Type, string> schemas)
    {
        var operation = ApiOperation.All[route.Function];
        var examples = ApiExample.Of(route);
        var json = new JsonObject
        {
            ["operationId"] = JsonNamingPolicy.CamelCase.ConvertName(route.Function),
            ["tags"] = new JsonArray(route.Folder),
            ["summary"] = examples.Count > 0 ? examples[0].Title : route.Function,
        };
        var parameters = route
            .PathParameters.Select(name => Parameter(name, "path", text: null))
            .Concat(operation.Query.Select(field => Parameter(field.Name, "query", field.Text)))
            .ToArray<JsonNode>();
        if (parameters.Length > 0)
            json["parameters"] = new JsonArray(parameters);
        if (Body(examples) is { } body)
            json["requestBody"] = body;
        json["responses"] = new JsonObject
        {
            [operation.Status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = "Done.",
                ["content"] = Content(operation.MediaType, Answer(operation, schemas)),
            },
            ["default"] = Reference("responses", "Problem"),
        };
        json["security"] = route.Level switch
        {
            AuthorizationLevel.Anonymous => new JsonArray(),
            AuthorizationLevel.Function => new JsonArray(new JsonObject { ["functionKey"] = new JsonArray() }),
            _ => new JsonArray(new JsonObject { ["masterKey"] = new JsonArray() }),
        };
        return json;
    }

    private static JsonObject Parameter(string name, string place, string? text)
    {
        var json = new JsonObject { ["name"] = name, ["in"] = place };
        if (text is not null)
            json["description"] = text;
        if (place is "path")
            json["required"] = true;
        json["schema"] = new JsonObject { ["type"] = "string" };
        return json;
    }

    /// <summary>One media type per example; of several of one type, all are shown.</summary>
    private static JsonObject? Body(IReadOnlyList<ApiExample> examples)
    {
        var content = new JsonObject();
        foreach (var type in examples.Where(example => example.Body.Length > 0).GroupBy(example => example.ContentType))
        {
            var values = type.Select(example => (example.Title, Value: ValueOf(example))).ToList();
            content[type.Key] = new JsonObject
            {
                ["schema"] = ApiSchema.OfExample(values[0].Value),
                ["examples"] = new JsonObject(
                    values.Select(
                        (example, i) =>
                            KeyValuePair.Create<string, JsonNode?>(
                                string.Create(CultureInfo.InvariantCulture, $"example{i + 1}"),
                                new JsonObject { ["summary"] = example.Title, ["value"] = example.Value }
                            )
                    )
                ),
            };
        }
        return content.Count == 0 ? null : new JsonObject { ["content"] = content };
    }

    private static JsonNode ValueOf(ApiExample example)
    {
        try
        {
            return example.ContentType is "application/json" ? JsonNode.Parse(example.Body)! : example.Body;
        }
        catch (JsonException)
        {
            return example.Body;
        }
    }

    private static JsonNode Answer(ApiOperation operation, Dictionary<Type, string> schemas)
    {
        var known = operation
            .Answers.Select(type => Reference("schemas", schemas[type] = type.Name))
            .ToArray<JsonNode>();
        return known.Length switch
        {
            0 when operation.MediaType is "application/json" => new JsonObject(),
            0 => new JsonObject { ["type"] = "string" },
            1 => known[0],
            _ => new JsonObject { ["anyOf"] = new JsonArray(known) },
        };
    }

    private static JsonObject Schemas(Dictionary<Type, string> types)
    {
        var schemas = new JsonObject
        {
            ["Problem"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["type"] = Text("For programs: urn:dunning:problem: and a code."),
                    ["title"] = Text("The kind of problem, for people."),
                    ["status"] = new JsonObject { ["type"] = "integer" },
                    ["detail"] = Text("What is wrong in this request, and how to correct it."),
                    ["errors"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject
                        {
                            ["type"] = "object",
                            ["properties"] = new JsonObject
                            {
                                ["pointer"] = Text("The field, as an RFC 6901 pointer in a fragment."),
                                ["code"] = Text("For programs."),
                                ["detail"] = Text("What to correct."),
                            },
                            ["required"] = new JsonArray("pointer", "code", "detail"),
                        },
                    },
                },
                ["required"] = new JsonArray("type", "title", "status", "detail"),
            },
        };
        foreach (var (type, name) in types.OrderBy(schema => schema.Value, StringComparer.Ordinal))
            schemas[name] = ApiSchema.Of(type, $"#/components/schemas/{name}");
        return schemas;
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject KeyInHeader(string description) =>
        new()
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "x-functions-key",
            ["description"] = description,
        };

    private static JsonObject Content(string mediaType, JsonNode schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };
}
