using Dunning.Http;
using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Scheduling;

/// <summary>Who stops or starts all sending, and why.</summary>
/// <param name="Confirm">Only for a start: false shows what would be sent.</param>
/// <param name="RestoredFrom">
/// Only for a start: when the backup was made from which the data were restored, UTC.
/// </param>
internal sealed record SwitchRequest(string By, string Reason, bool Confirm, DateTimeOffset? RestoredFrom)
{
    private const int MaxBytes = 16 * 1024;

    /// <returns>The request, or the error response to an invalid one.</returns>
    public static async Task<(SwitchRequest? Request, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        bool isStart,
        CancellationToken cancellationToken
    )
    {
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
            return (null, RequestBody.TooLarge(MaxBytes));
        var errors = new ValidationErrors(strict: true);
        try
        {
            using var json = StrictJson.Parse(body);
            var read = JsonFields.Read(json.RootElement, "#", errors, fields => Read(fields, isStart));
            return read is null || errors.Problems.Count > 0
                ? (null, ApiResult.Invalid("Who and why are needed", errors.Problems))
                : (read, null);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return (null, unreadable.ToProblem("The body cannot be read"));
        }
    }

    private static SwitchRequest Read(JsonFields json, bool isStart) =>
        new(
            json.Required("by", Line(100)),
            json.Required("reason", Prose(500)),
            isStart && (json.Optional("confirm", Flag) ?? false),
            isStart ? json.Optional("restoredFrom", DateRules.Instant) : null
        );
}
