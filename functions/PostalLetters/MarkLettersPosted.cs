using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PostalLetters;

/// <summary>
/// <c>POST /api/manage/letters/posted</c> with <c>{"by": "Maya", "on": "2026-03-04", "letters": ["…"],
/// "trackingNumber": "RR123456785GB"}</c>: they count as sent from that day. A tracking number is of one letter.
/// Repeating it changes nothing.
/// </summary>
public sealed class MarkLettersPosted(LetterPosting posting, LetterPrinting printing)
{
    private const string InvalidTitle = "The posting cannot be recorded";

    [Function(nameof(MarkLettersPosted))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/letters/posted")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (read, error) = await JsonBody.ReadAsync(request, InvalidTitle, Read, cancellationToken);
        if (read is null)
            return error!;
        List<(CustomerNoticeId Id, PostingResult Result)> results = [];
        foreach (var letter in read.Letters)
            results.Add((letter, await posting.PostAsync(letter, read.Work, cancellationToken)));
        return ApiResult.Ok(
            new
            {
                Letters = results.Select(letter => new
                {
                    Id = letter.Id.ToString(),
                    letter.Result,
                    Detail = DetailOf(letter.Result),
                }),
            }
        );
    }

    private sealed record Request(PersonsWork Work, IReadOnlyList<CustomerNoticeId> Letters);

    private Request Read(JsonFields json)
    {
        var on = json.Optional("on", CalendarDate) ?? printing.Today;
        if (on > printing.Today)
            json.Refuse("on", new FieldError("in_the_future", "send the day on which they were posted"));
        if (!json.Has("letters"))
            json.Refuse("letters", new FieldError("required", "send the ids of the letters that were posted"));
        var letters = LetterIds.Read(json);
        var tracking = json.Optional("trackingNumber", Line(40));
        if (tracking is not null && letters.Count > 1)
            json.Refuse(
                "trackingNumber",
                new FieldError("several_letters", "send one letter with its number in a request of its own")
            );
        return new Request(new PersonsWork(json.Required("by", Line(100)), on) { TrackingNumber = tracking }, letters);
    }

    /// <summary>Null where there is nothing to correct.</summary>
    private static string? DetailOf(PostingResult result) =>
        result switch
        {
            PostingResult.NotFound => "No such letter waits.",
            PostingResult.NotPrinted => "Print it first: POST /api/manage/letters/print.",
            PostingResult.WrongDay => "Send a day on or after that of the printing, and not in the future.",
            PostingResult.DeadlineTooEarly =>
                "The day to pay by that it names leaves too little time when it is posted "
                    + "on this day. Print it again, and post that one.",
            _ => null,
        };
}
