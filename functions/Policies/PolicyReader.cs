using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Reads policies from JSON and names every mistake: first those of the shape, and where there are none, those of the
/// rules.
/// </summary>
internal static class PolicyReader
{
    /// <param name="json">One policy.</param>
    /// <param name="pointer">Where it stands.</param>
    public static (Policy? Policy, IReadOnlyList<PolicyProblem> Problems) Read(JsonElement json, string pointer = "#")
    {
        List<PolicyProblem> problems = [.. ShapeOf(json, typeof(Policy), pointer)];
        if (problems.Count > 0)
            return (null, problems);
        var policy = json.Deserialize<Policy>(Rows.Json)!;
        problems.AddRange(PolicyRules.Find(policy).Select(p => p with { Pointer = pointer + p.Pointer[1..] }));
        return (policy, problems);
    }

    /// <summary>A list of policies.</summary>
    /// <exception cref="InvalidOperationException">A mistake; the message names all of them.</exception>
    public static IReadOnlyList<Policy> ReadAll(string json)
    {
        var read = Parse(json) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select((policy, i) => Read(policy, $"#/{i}")).ToList()
            : [(null, [new PolicyProblem("#", "wrong_type", "write a list of policies, in [ and ]")])];
        List<PolicyProblem> problems =
        [
            .. read.SelectMany(one => one.Problems),
            .. from one in read.Select((one, i) => (one.Policy, i))
            where one.Policy is not null && read.Take(one.i).Any(other => other.Policy?.Key == one.Policy.Key)
            select new PolicyProblem($"#/{one.i}/version", "duplicate", "choose a version that no other one has"),
        ];
        return problems.Count == 0
            ? [.. read.Select(one => one.Policy!)]
            : throw new InvalidOperationException(
                $"The policies have {problems.Count} mistake(s):\n{string.Join('\n', problems)}"
            );
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidOperationException($"The policies are no JSON: {unreadable.Message}", unreadable);
        }
    }

    private static IEnumerable<PolicyProblem> ShapeOf(JsonElement json, Type type, string pointer)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Expected(json, type) is { } expected)
            return [new(pointer, type == typeof(TimeOnly) ? "not_a_time" : "wrong_type", expected)];
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return json.EnumerateArray()
                .SelectMany((item, i) => ShapeOf(item, type.GetGenericArguments()[0], $"{pointer}/{i}"));
        if (type.IsGenericType)
            return json.EnumerateObject()
                .SelectMany(f => ShapeOf(f.Value, typeof(string), $"{pointer}/{Escaped(f.Name)}"));
        return IsRecord(type) ? FieldsOf(json, type, pointer) : [];
    }

    private static IEnumerable<PolicyProblem> FieldsOf(JsonElement json, Type type, string pointer)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .ToDictionary(
                property => JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                StringComparer.OrdinalIgnoreCase
            );
        var nullability = new NullabilityInfoContext();
        foreach (var field in json.EnumerateObject())
        {
            var at = $"{pointer}/{Escaped(field.Name)}";
            if (!known.TryGetValue(field.Name, out var property))
                yield return new(at, "unknown_field", $"there is no such field; use {string.Join(", ", known.Keys)}");
            else if (field.Value.ValueKind is not JsonValueKind.Null)
                foreach (var problem in ShapeOf(field.Value, property.PropertyType, at))
                    yield return problem;
            else if (nullability.Create(property).WriteState is NullabilityState.NotNull)
                yield return new(at, "wrong_type", "leave the field out, or write a value instead of null");
        }
        var written = json.EnumerateObject().Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Required(type).Where(name => !written.Contains(name)))
            yield return new($"{pointer}/{name}", "required", "this field is required");
    }

    /// <summary>As in a pointer (RFC 6901 section 3), at most 64 characters.</summary>
    private static string Escaped(string name) =>
        (name.Length <= 64 ? name : name[..64])
            .Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal);

    private static string[] Required(Type type) =>
        type == typeof(Policy) ? ["name", "version", "steps"]
        : type == typeof(Step) ? ["id", "tone", "channels"]
        : type == typeof(Signer) ? ["name"]
        : type == typeof(Repetition) ? ["everyDays", "times"]
        : [];

    private static bool IsRecord(Type type) => type.Namespace == typeof(Policy).Namespace && type.IsClass;

    /// <returns>What to write; null when it is that.</returns>
    private static string? Expected(JsonElement json, Type type) =>
        type switch
        {
            { IsEnum: true } => Names(type) is var names && IsOneOf(json, names)
                ? null
                : $"write one of {string.Join(", ", names)}",
            _ when type == typeof(bool) => json.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? null
                : "write true or false",
            _ when type == typeof(int) => json.ValueKind is JsonValueKind.Number && json.TryGetInt32(out _)
                ? null
                : "write a whole number",
            _ when type == typeof(decimal) => json.ValueKind is JsonValueKind.Number && json.TryGetDecimal(out _)
                ? null
                : "write a number, such as 8.5",
            _ when type == typeof(TimeOnly) => IsTime(json) ? null : "write a time of day, such as \"09:30\"",
            _ when type == typeof(string) || type == typeof(StepId) => json.ValueKind is JsonValueKind.String
                ? null
                : "write a text in double quotes",
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => json.ValueKind
            is JsonValueKind.Array
                ? null
                : "write a list, in [ and ]",
            _ => json.ValueKind is JsonValueKind.Object ? null : "write an object, in { and }",
        };

    private static bool IsOneOf(JsonElement json, IReadOnlyList<string> names) =>
        json.ValueKind is JsonValueKind.String && names.Contains(json.GetString()!, StringComparer.OrdinalIgnoreCase);

    private static bool IsTime(JsonElement json) =>
        json.ValueKind is JsonValueKind.String
        && TimeOnly.TryParseExact(
            json.GetString(),
            ["HH:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        );

    private static string[] Names(Type type) =>
        [
            .. type == typeof(NoticeTone)
                ? PolicyRules.Tones.Select(tone => JsonNamingPolicy.CamelCase.ConvertName(tone.ToString()))
                : Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName),
        ];
}
