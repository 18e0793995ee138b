using Dunning.Http;
using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.FollowUps;

/// <summary>
/// <c>POST /api/manage/follow-ups/{id}/done</c> with <c>{"by": "Maya", "result": "will pay on Friday"}</c>; with
/// <c>"until": "2026-03-09"</c> it is put off and listed again from that day on. Idempotent.
/// </summary>
public sealed class CompleteFollowUp(FollowUpResolution resolution)
{
    [Function(nameof(CompleteFollowUp))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/follow-ups/{id}/done")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (done, error) = await JsonBody.ReadAsync(
            request,
            FollowUpDone.InvalidTitle,
            FollowUpDone.Read,
            cancellationToken
        );
        return done is null ? error! : await resolution.RunAsync(id, done, cancellationToken);
    }
}

/// <param name="Result">What came of it.</param>
/// <param name="Until">Null when it is done.</param>
internal sealed record FollowUpDone(string By, string? Result, DateOnly? Until)
{
    public const string InvalidTitle = "The follow-up cannot be changed";

    public static FollowUpDone Read(JsonFields json)
    {
        var done = new FollowUpDone(
            json.Required("by", Line(100)),
            json.Optional("result", Prose(500)),
            json.Optional("until", CalendarDate)
        );
        if (done is { Result: null, Until: null })
            json.Refuse("result", new FieldError("required", "send what came of it, or until when it is put off"));
        return done;
    }
}
