using Dunning.Configuration;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PostalLetters;

/// <summary>
/// <c>POST /api/manage/letters/print</c> with <c>{"by": "Maya", "letters": ["…"], "postOn": "2026-03-04",
/// "paper": "a4"}</c>: the HTML that prints the letters. Without <c>letters</c>, all that were not printed yet.
/// </summary>
public sealed class PrintLetters(LetterList list, LetterPrinting printing, CreditorOptions creditor)
{
    private const string InvalidTitle = "The letters cannot be printed";

    /// <summary>
    /// Letters are printed for today or the next days: later, what they say would not be true any more.
    /// </summary>
    private const int MaxDaysAhead = 7;

    [Function(nameof(PrintLetters))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/letters/print")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (read, error) = await JsonBody.ReadAsync(request, InvalidTitle, Read, cancellationToken);
        if (read is null)
            return error!;
        var batch = await printing.PrintAsync(
            read.Letters ?? await AllAsync(cancellationToken),
            read.Order,
            cancellationToken
        );
        return ApiResult.Ok(
            new
            {
                Printed = batch.Printed.Select(id => id.ToString()),
                Skipped = batch.Skipped.Select(skipped => new
                {
                    Id = skipped.Id.ToString(),
                    Reason = skipped.Block is { } block ? ReasonText.Of(block) : "no such letter waits",
                }),
                batch.Document,
            }
        );
    }

    private sealed record Request(PrintOrder Order, IReadOnlyList<CustomerNoticeId>? Letters);

    private Request Read(JsonFields json)
    {
        var paper = json.Optional("paper", Line(10));
        if (paper is not (null or "a4" or "letter"))
            json.Refuse("paper", new FieldError("not_one_of", "send a4 or letter"));
        var today = printing.Today;
        var postOn = json.Optional("postOn", CalendarDate) ?? today;
        if (postOn < today || postOn > today.AddDays(MaxDaysAhead))
            json.Refuse(
                "postOn",
                new FieldError(
                    "out_of_range",
                    $"send a day from {today:yyyy-MM-dd} to {today.AddDays(MaxDaysAhead):yyyy-MM-dd}"
                )
            );
        return new Request(
            new PrintOrder(
                json.Required("by", Line(100)),
                postOn,
                paper switch
                {
                    "a4" => PaperSize.A4,
                    "letter" => PaperSize.UsLetter,
                    _ => EnvelopeWindow.PaperOf(creditor.Address?.Country),
                }
            ),
            json.Has("letters") ? LetterIds.Read(json) : null
        );
    }

    private async Task<IReadOnlyList<CustomerNoticeId>> AllAsync(CancellationToken cancellationToken)
    {
        var (letters, _) = await list.ReadAsync(null, LetterList.MaxLetters, cancellationToken);
        return [.. letters.Where(letter => letter.State is LetterState.ToPrint).Select(letter => letter.Id)];
    }
}

/// <summary>The ids of letters in a request.</summary>
internal static class LetterIds
{
    public static IReadOnlyList<CustomerNoticeId> Read(JsonFields json)
    {
        List<CustomerNoticeId> ids = [];
        foreach (var text in json.List("letters", LetterList.MaxLetters, Line(300)))
        {
            if (CustomerNoticeId.Parse(text) is { } id)
                ids.Add(id);
            else
                json.Refuse("letters", new FieldError("unknown_id", "send ids as GET /api/manage/letters gives them"));
        }
        return [.. ids.Distinct()];
    }
}
