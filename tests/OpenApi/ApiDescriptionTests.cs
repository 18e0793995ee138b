using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunning.Local;
using Dunning.OpenApi;
using Dunning.Policies;
using Dunning.Tests.Conventions;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.OpenApi;

/// <summary>The description of the API is valid, whole, and true of what is answered.</summary>
public sealed partial class ApiDescriptionTests : Scenario
{
    private static readonly JsonObject _document = ApiDescription.Create();

    private static JsonObject Paths => _document["paths"]!.AsObject();

    [Fact]
    public void Every_function_with_a_route_is_described_and_no_other() =>
        Assert.Equal(
            ApiRoute.All.Select(route => route.Function).Distinct().Order(StringComparer.Ordinal),
            ApiOperation.All.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_route_is_in_it_once_with_words_of_its_own()
    {
        var operations = Paths
            .SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!.AsObject()))
            .ToList();

        Assert.Equal(ApiRoute.All.Count, operations.Count);
        Assert.Distinct(operations.Select(operation => (string?)operation["operationId"]));
        Assert.All(operations, operation => Assert.Contains(' ', (string)operation["summary"]!));
    }

    [Fact]
    public void Every_parameter_of_a_query_that_the_code_reads_is_described()
    {
        var described = ApiOperation.All.Values.SelectMany(operation => operation.Query).Select(one => one.Name);
        var read = Sources
            .Functions.Where(file => !file.Path.Contains("Dashboard", StringComparison.Ordinal))
            .Where(file => !file.Path.Contains("Portal/", StringComparison.Ordinal))
            .SelectMany(file => QueryName().Matches(file.Text).Select(match => match.Groups[1].Value));

        ScanAssert.Empty(read.Except(described));
    }

    /// <summary>An independent validator: https://github.com/seriousme/openapi-schema-validator.</summary>
    [Fact]
    public async Task An_independent_validator_finds_no_fault()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, await Http.GetStringAsync(new Uri("api/openapi.json", UriKind.Relative)));
        const string script = """
            import { readFileSync } from 'node:fs';
            import { Validator } from '@seriousme/openapi-schema-validator';
            const validator = new Validator();
            const result = await validator.validate(JSON.parse(readFileSync(process.argv[1], 'utf8')));
            console.log(result.valid ? `valid ${validator.version}` : JSON.stringify(result.errors, null, 1).slice(0, 3000));
            """;

        using var node = Process.Start(
            new ProcessStartInfo("node", ["--input-type=module", "--eval", script, file])
            {
                // Where the validator is installed.
                WorkingDirectory = Path.Combine(Repository.Root, "local"),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        File.Delete(file);

        Assert.Equal(("valid 3.1", ""), ((await output).Trim(), (await errors).Trim()));
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var json = _document.ToJsonString();
        Assert.NotEmpty(ReferencePattern().Matches(json));
        ScanAssert.Empty(
            ReferencePattern()
                .Matches(json)
                .Select(match => match.Groups[1].Value)
                .Distinct()
                .Where(pointer => Find(pointer) is null)
        );
    }

    [Fact]
    public void The_documentation_has_every_route_and_names_no_other()
    {
        var documented = DocumentedPaths().Select(Shape).ToHashSet();
        var routes = ApiRoute.All.Select(route => Shape(route.Path)).ToHashSet();

        ScanAssert.Empty(routes.Except(documented).Order(StringComparer.Ordinal));
        // The keys are said of all routes that begin alike.
        ScanAssert.Empty(
            documented.Where(path =>
                !routes.Any(route => route == path || route.StartsWith($"{path}/", StringComparison.Ordinal))
            )
        );
    }

    /// <summary>Answers have no field that the description does not have.</summary>
    [Fact]
    public async Task Answers_are_as_described()
    {
        var invoice = await PostInvoiceAsync(Invoice("A-1"));
        var customer = invoice.Split('-')[0];
        await AdvanceToAsync("2026-03-23T10:00Z");
        using var simulated = await PostAsync("api/simulate", new { });
        using var reported = await PostAsync("api/reports", new { });
        var report = (await reported.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var job = (await simulated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await Host.PumpAsync();
        var seen = 0;
        foreach (
            var route in ApiRoute.All.Where(one =>
                one.Method == "GET" && ApiOperation.All[one.Function].Answers.Count == 1
            )
        )
        {
            var path = route
                .Path.Replace("{name}", PolicyCatalog.Default, StringComparison.Ordinal)
                .Replace(
                    "{id}",
                    route.Path.Contains("jobs", StringComparison.Ordinal) ? job
                        : route.Path.Contains("reports", StringComparison.Ordinal) ? report
                        : route.Path.Contains("customers", StringComparison.Ordinal) ? customer
                        : invoice,
                    StringComparison.Ordinal
                );
            var query = route.Function == "FindInvoice" ? "?externalId=A-1" : "";
            using var response = await Http.GetAsync(new Uri(path[1..] + query, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
            var schema = Resolve(
                Paths[route.Path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]
            );
            AssertDescribed(await response.Content.ReadFromJsonAsync<JsonNode>(), schema, path);
            seen++;
        }
        Assert.True(seen > 8, $"{seen} routes were asked");
    }

    [Fact]
    public async Task The_page_for_people_has_every_route()
    {
        var page = await Http.GetStringAsync(new Uri("api/reference", UriKind.Relative));

        Assert.All(ApiRoute.All, route => Assert.Contains(route.Path, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertDescribed(JsonNode? value, JsonNode? schema, string place)
    {
        schema = Resolve(schema);
        if (value is JsonArray list)
        {
            foreach (var item in list)
                AssertDescribed(item, schema?["items"], $"{place}[]");
        }
        if (value is not JsonObject fields || schema is not JsonObject { Count: > 0 } described)
            return;
        if (described["additionalProperties"] is { } any)
        {
            foreach (var (_, inner) in fields)
                AssertDescribed(inner, any, $"{place}.*");
            return;
        }
        foreach (var (name, inner) in fields)
        {
            Assert.True(described["properties"]?[name] is not null, $"{place}.{name} is not described");
            AssertDescribed(inner, described["properties"]![name], $"{place}.{name}");
        }
        foreach (var name in described["required"] as JsonArray ?? [])
            Assert.True(fields.ContainsKey((string)name!), $"{place}.{name} is said to be there always");
    }

    private static JsonNode? Resolve(JsonNode? schema) =>
        schema is JsonObject fields && fields["$ref"] is { } pointer ? Find((string)pointer!) : schema;

    private static JsonNode? Find(string pointer) =>
        pointer
            .Split('/')
            .Skip(1)
            .Select(part =>
                part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            )
            .Aggregate(
                (JsonNode?)_document,
                (node, part) =>
                    node is JsonArray list
                        ? list.ElementAtOrDefault(int.Parse(part, null))
                        : (node as JsonObject)?[part]
            );

    /// <summary>
    /// In code spans: <c>/api/…</c>, and after it <c>/other</c> for the same path with another last part.
    /// </summary>
    private static IEnumerable<string> DocumentedPaths()
    {
        foreach (var line in Sources.Text("docs/http-api.md").Split('\n'))
        {
            string? before = null;
            foreach (var span in CodeSpan().Matches(line).Select(match => match.Groups[1].Value))
            {
                if (PathPattern().Match(span) is { Success: true } path)
                    before = path.Value;
                else if (before is not null && LastPart().IsMatch(span))
                    before = $"{before[..before.LastIndexOf('/')]}{span}";
                else
                    continue;
                if (!before.StartsWith("/api/dashboard", StringComparison.Ordinal))
                    yield return before;
            }
        }
    }

    private static string Shape(string path) => Parameter().Replace(path.TrimEnd('/'), "{}");

    [GeneratedRegex("""[qQ]uery\["([A-Za-z]+)"\]""")]
    private static partial Regex QueryName();

    [GeneratedRegex("""\$ref":"([^"]+)""")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"/api/[\w\-/{}.]*[\w}](?=$|\?)")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^/[a-z\-]+$")]
    private static partial Regex LastPart();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
