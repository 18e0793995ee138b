using System.Text.Json.Nodes;
using Dunning.Http.Validation;
using Dunning.PolicyVersions;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>What <see cref="PolicyFormPage"/> shows: the form, or, when it is valid, what it would change.</summary>
/// <param name="Name">Of the policy.</param>
/// <param name="Json">The whole policy, as typed.</param>
public sealed record PolicyForm(string Name, JsonObject Json)
{
    /// <summary>Named by a form that shows all fields of a step.</summary>
    internal const string OpenField = "open";

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>The steps of which the form shows all fields, from 0.</summary>
    public IReadOnlySet<int> Open { get; init; } = new HashSet<int>();

    /// <summary>Null until the form is valid.</summary>
    public PolicyPreview? Preview { get; init; }

    internal IReadOnlyList<JsonObject> Steps => new PolicyDraft(Json).Steps;

    /// <summary>All fields of a step are shown: a person asked for it, or one of them is wrong.</summary>
    internal bool IsOpen(int step) =>
        Open.Contains(step) || PolicyFields.FurtherOfStep.Any(field => ProblemOf($"steps.{step}.", field) is not null);

    /// <summary>The problem of a field; of a list or a map that of its first entry.</summary>
    internal FieldProblem? ProblemOf(string prefix, PolicyField field)
    {
        var pointer = "#/" + (prefix + field.Path).Replace('.', '/');
        var ends =
            field.Path is PolicyFields.Number
                ? new[]
                {
                    pointer[..^PolicyFields.Number.Length] + PolicyFields.Days,
                    pointer[..^PolicyFields.Number.Length] + PolicyFields.BusinessDays,
                }
                : [pointer];
        return Problems.FirstOrDefault(problem =>
            ends.Any(end => problem.Pointer == end || problem.Pointer.StartsWith($"{end}/", StringComparison.Ordinal))
        );
    }
}
