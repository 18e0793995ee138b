using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Html;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>A policy as a person has typed it: JSON, so that what is wrong can be shown again.</summary>
/// <param name="Json">The whole policy.</param>
internal sealed record PolicyDraft(JsonObject Json)
{
    /// <param name="from">The version from which the form starts.</param>
    /// <param name="name">Of a new policy, or that of the version.</param>
    public static PolicyDraft Start(Policy from, string name, int version)
    {
        var json = PolicyFields.JsonOf(from);
        json["name"] = name;
        json["version"] = version;
        // A new policy is for nobody until a person says for whom.
        if (name != from.Name)
            json.Remove("for");
        return new PolicyDraft(json);
    }

    /// <returns>Null when it is not what the form has sent.</returns>
    public static PolicyDraft? TryParse(string? json)
    {
        try
        {
            using var parsed = StrictJson.Parse(Encoding.UTF8.GetBytes(json ?? ""));
            return JsonNode.Parse(parsed.RootElement.GetRawText()) is JsonObject policy
                ? new PolicyDraft(policy)
                : null;
        }
        catch (UnreadableDocumentException)
        {
            return null;
        }
    }

    public IReadOnlyList<JsonObject> Steps => [.. (Json["steps"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>The draft with the fields of the form: steps in their places, without the removed ones.</summary>
    /// <param name="form">
    /// Fields of step <c>i</c> are <c>steps.i.…</c>, the one after the last is a new one. A box that is not ticked is
    /// not sent.
    /// </param>
    /// <returns>With the former index of each step.</returns>
    public (PolicyDraft Changed, IReadOnlyList<int> Order) With(IReadOnlyDictionary<string, string> form)
    {
        var json = Json.DeepClone().AsObject();
        foreach (var field in PolicyFields.OfPolicy.Concat(PolicyFields.OfAudience))
            PolicyFields.Set(json, field, Typed(form, "", field));
        var steps = Steps
            .Append([])
            .Select((step, i) => (Step: WithStep(step, form, i), Place: PlaceOf(form, i), Index: i))
            .Where(step => form.GetValueOrDefault($"steps.{step.Index}.remove") != "true")
            .Where(step => step.Index < Steps.Count || IsFilledIn(step.Step))
            .OrderBy(step => step.Place)
            // One that moves up comes before the one whose place it takes, one that moves down after it.
            .ThenBy(step => step.Index == Steps.Count ? -1 : Math.Sign(step.Place - step.Index - 1))
            .ToList();
        json["steps"] = new JsonArray([.. steps.Select(step => (JsonNode)step.Step)]);
        return (new PolicyDraft(json), steps.ConvertAll(step => step.Index));
    }

    /// <summary>A person has begun to describe a new step.</summary>
    private static bool IsFilledIn(JsonObject step) =>
        PolicyFields.TextOf(step, "id").Length > 0
        || PolicyFields.TextOf(step, PolicyFields.Number).Length > 0
        || PolicyFields.TextOf(step, "channels").Length > 0;

    public (Policy? Policy, IReadOnlyList<FieldProblem> Problems) Read()
    {
        var (policy, problems) = PolicyReader.Read(JsonSerializer.SerializeToElement(Json, Rows.Json));
        return (
            problems.Count > 0 ? null : policy,
            [.. problems.Select(problem => new FieldProblem(problem.Pointer, problem.Code, problem.Fix))]
        );
    }

    private static JsonObject WithStep(JsonObject step, IReadOnlyDictionary<string, string> form, int index)
    {
        var changed = step.DeepClone().AsObject();
        var prefix = $"steps.{index}.";
        // What the form did not show stays.
        var further = form.ContainsKey(prefix + PolicyForm.OpenField) ? PolicyFields.FurtherOfStep : [];
        foreach (var field in PolicyFields.OfStep.Concat(further))
            if (field.Path is not (PolicyFields.Number or PolicyFields.Unit))
                PolicyFields.Set(changed, field, Typed(form, prefix, field));
        var unit = form.GetValueOrDefault(prefix + PolicyFields.Unit);
        changed.Remove(PolicyFields.Days);
        changed.Remove(PolicyFields.BusinessDays);
        PolicyFields.Set(
            changed,
            new PolicyField(
                unit is PolicyFields.BusinessDays ? PolicyFields.BusinessDays : PolicyFields.Days,
                PolicyFieldKind.WholeNumber
            ),
            form.GetValueOrDefault(prefix + PolicyFields.Number, "")
        );
        // A list that is required, also when nothing is ticked.
        if (changed["channels"] is not JsonArray)
            changed["channels"] = new JsonArray();
        return changed;
    }

    private static string Typed(IReadOnlyDictionary<string, string> form, string prefix, PolicyField field) =>
        field.Kind switch
        {
            PolicyFieldKind.Choices => string.Join(
                '\n',
                field.Options.Where(option => form.GetValueOrDefault($"{prefix}{field.Path}.{option}") == "true")
            ),
            PolicyFieldKind.Flag => form.GetValueOrDefault(prefix + field.Path) == "true" ? "true" : "false",
            _ => form.GetValueOrDefault(prefix + field.Path, ""),
        };

    private static int PlaceOf(IReadOnlyDictionary<string, string> form, int index) =>
        PageForm.NumberOf(form.GetValueOrDefault($"steps.{index}.place")) ?? index + 1;
}
