using System.Text.Json;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PolicyVersions;

/// <summary>The body of a change of a policy, or of its preview: <c>{"by": "Maya", "policy": {…}}</c>.</summary>
/// <param name="Policy">Null only in a preview: then it is about the newest version.</param>
internal sealed record PolicyRequest(string By, Policy? Policy)
{
    public const string InvalidTitle = "The policy cannot be used";

    /// <summary>A row of the table has room for it.</summary>
    private const int MaxBytes = 256 * 1024;

    /// <param name="name">As in the address.</param>
    public static async Task<(PolicyRequest? Value, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        string name,
        bool isPreview,
        CancellationToken cancellationToken
    )
    {
        var (body, error) = await RequestBody.ReadJsonAsync(request, cancellationToken, MaxBytes);
        return error is null ? Read(body, name, isPreview) : (null, error);
    }

    private static (PolicyRequest?, ApiResult?) Read(ReadOnlyMemory<byte> body, string name, bool isPreview)
    {
        List<PolicyProblem> mistakes = [];
        var (read, error) = JsonBody.Read(
            body,
            InvalidTitle,
            json =>
            {
                var by = isPreview ? json.Optional("by", Line(100)) ?? "" : json.Required("by", Line(100));
                var policy = json.Raw("policy", required: !isPreview) is { } raw ? Read(raw, name, mistakes) : null;
                return new PolicyRequest(by, policy);
            },
            isPreview ? new PolicyRequest("", null) : null
        );
        return error is null && mistakes.Count > 0
            ? (
                null,
                ApiResult.Invalid(
                    InvalidTitle,
                    [
                        .. mistakes
                            .Take(ValidationErrors.Limit)
                            .Select(mistake => new FieldProblem(mistake.Pointer, mistake.Code, mistake.Fix)),
                    ]
                )
            )
            : (read, error);
    }

    private static Policy? Read(JsonElement json, string name, List<PolicyProblem> mistakes)
    {
        var (policy, problems) = PolicyReader.Read(json, "#/policy");
        mistakes.AddRange(problems);
        if (policy is not null && policy.Name != name)
            mistakes.Add(new("#/policy/name", "other_name", $"write {name}, as in the address"));
        return policy;
    }
}
