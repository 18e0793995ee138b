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

    /// <summary>The version that somebody else has saved since the form was made; null for none.</summary>
    public int? SavedMeanwhile { get; init; }

    /// <summary>Null until the form is valid.</summary>
    public PolicyPreview? Preview { get; init; }

    internal IReadOnlyList<JsonObject> Steps => new PolicyDraft(Json).Steps;

    /// <summary>All fields of a step are shown: a person asked for it, or one of them is wrong.</summary>
    internal bool IsOpen(int step) =>
        Open.Contains(step)
        || PolicyFields.FurtherOfStep.Any(further => ProblemOf($"steps.{step}.", further) is not null);

    internal FieldProblem? ProblemOf(string prefix, PolicyField input) =>
        Problems.FirstOrDefault(problem => IsOf(problem, prefix, input));

    /// <summary>The input that a problem is about, and its step, from 0; null where the form has none.</summary>
    internal (PolicyField Field, int? Step)? InputOf(FieldProblem problem)
    {
        foreach (var input in PolicyFields.OfPolicy.Concat(PolicyFields.OfAudience))
            if (IsOf(problem, "", input))
                return (input, null);
        for (var step = 0; step < Steps.Count; step++)
            foreach (var input in PolicyFields.OfStep.Concat(PolicyFields.FurtherOfStep))
                if (IsOf(problem, $"steps.{step}.", input))
                    return (input, step);
        return null;
    }

    /// <summary>
    /// A problem of an entry belongs to its list, and one of an object to its first field. What the days are counted in
    /// says which field of the JSON they are.
    /// </summary>
    private static bool IsOf(FieldProblem problem, string prefix, PolicyField input)
    {
        var start = "#/" + prefix.Replace('.', '/');
        string[] paths =
            input.Path is PolicyFields.Number
                ? [PolicyFields.Days, PolicyFields.BusinessDays]
                : [input.Path.Replace('.', '/')];
        return paths.Any(path =>
            problem.Pointer == start + path
            || problem.Pointer.StartsWith($"{start}{path}/", StringComparison.Ordinal)
            || path.Contains('/', StringComparison.Ordinal) && problem.Pointer == start + path.Split('/')[0]
        );
    }
}
