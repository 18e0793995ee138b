using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Recovery;

/// <summary>
/// Who decides, and why: the optional body <c>{"by": "Maya", "note": "she has it"}</c>. A program that acts for a
/// person may send the name in the header <c>by</c> instead.
/// </summary>
internal sealed record DecisionRequest(string? By, string? Note)
{
    private const string InvalidTitle = "The decision is not valid";
    private static readonly FieldRule<string> _name = Line(100);

    /// <returns>The decision, or the error response to an invalid request.</returns>
    public static async Task<(OperatorDecision? Decision, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        OperatorDecisionKind kind,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (body, error) = await JsonBody.ReadAsync(
            request,
            InvalidTitle,
            fields => new DecisionRequest(fields.Optional("by", _name), fields.Optional("note", Prose(500))),
            cancellationToken,
            whenEmpty: new(null, null)
        );
        if (body is null)
            return (null, error);
        if (body.By is not null || !request.Headers.TryGetValue("by", out var header))
            return (new OperatorDecision(kind, body.By, body.Note, now), null);
        var name = _name.Check(header.ToString());
        return name.Error is { } invalid
            ? (null, ApiResult.Invalid(InvalidTitle, [new("by", invalid.Code, $"header by: {invalid.Message}")]))
            : (new OperatorDecision(kind, name.Value, body.Note, now), null);
    }
}
