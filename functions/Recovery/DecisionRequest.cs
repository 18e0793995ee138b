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
    private static readonly FieldRule<string> _name = Line(100);

    /// <returns>The decision, or the error response to an invalid request.</returns>
    public static async Task<(OperatorDecision? Decision, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        OperatorDecisionKind kind,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (body, error) = await RequestBody.ReadJsonAsync(request, cancellationToken);
        if (error is not null)
            return (null, error);
        var errors = new ValidationErrors(strict: true);
        try
        {
            var reading = ReadBody(body, errors);
            var by = reading.By ?? ReadHeader(request, errors);
            return errors.Problems.Count > 0
                ? (null, ApiResult.Invalid("The decision is not valid", errors.Problems))
                : (new OperatorDecision(kind, by, reading.Note, now), null);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return (null, unreadable.ToProblem("The body cannot be read"));
        }
    }

    private static DecisionRequest ReadBody(ReadOnlyMemory<byte> body, ValidationErrors errors)
    {
        if (body.IsEmpty)
            return new(null, null);
        using var json = StrictJson.Parse(body);
        return JsonFields.Read(
                json.RootElement,
                "#",
                errors,
                fields => new DecisionRequest(fields.Optional("by", _name), fields.Optional("note", Prose(500)))
            ) ?? new(null, null);
    }

    private static string? ReadHeader(HttpRequest request, ValidationErrors errors)
    {
        if (!request.Headers.TryGetValue("by", out var header))
            return null;
        var name = _name.Check(header.ToString());
        if (name.Error is { } error)
            errors.Add("by", error.Code, $"header by: {error.Message}");
        return name.Value;
    }
}
