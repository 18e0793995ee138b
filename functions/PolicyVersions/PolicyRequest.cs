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

    private static (PolicyRequest?, ApiResult?) Read(ReadOnlyMemory<byte> body, string name, bool isPreview) =>
        JsonBody.Read(
            body,
            InvalidTitle,
            json => new PolicyRequest(
                isPreview ? json.Optional("by", Line(100)) ?? "" : json.Required("by", Line(100)),
                json.Raw("policy", required: !isPreview) is { } policy ? Read(policy, name, json.Errors) : null
            ),
            isPreview ? new PolicyRequest("", null) : null
        );

    private static Policy? Read(JsonElement json, string name, ValidationErrors errors)
    {
        var (policy, problems) = PolicyReader.Read(json, "#/policy");
        foreach (var problem in problems)
            errors.Refuse(problem.Pointer, new FieldError(problem.Code, problem.Fix));
        if (policy is not null && policy.Name != name)
            errors.Refuse("#/policy/name", new FieldError("other_name", $"write {name}, as in the address"));
        return policy;
    }
}
