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
    public const string InvalidTitle = "The request to stop or start sending is not valid";

    /// <returns>The request, or the error response to an invalid one.</returns>
    public static Task<(SwitchRequest? Request, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        bool isStart,
        CancellationToken cancellationToken
    ) => JsonBody.ReadAsync(request, InvalidTitle, fields => Read(fields, isStart), cancellationToken);

    private static SwitchRequest Read(JsonFields json, bool isStart) =>
        new(
            json.Required("by", Line(100)),
            json.Required("reason", Prose(500)),
            isStart && (json.Optional("confirm", Flag) ?? false),
            isStart ? json.Optional("restoredFrom", DateRules.Instant) : null
        );
}
