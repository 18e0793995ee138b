using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.PostalLetters;

/// <summary>
/// <c>GET /api/manage/letters</c>: the letters that wait to be printed or posted; with <c>?limit=</c> and
/// <c>?continuation=</c>.
/// </summary>
public sealed class ListLetters(LetterList letters)
{
    [Function(nameof(ListLetters))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/letters")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (range, error) = ListRange.Read(request.Query, usual: 50, most: LetterList.MaxLetters);
        if (range is null)
            return error!;
        var (items, next) = await letters.ReadAsync(range.Continuation, range.Limit, cancellationToken);
        return ApiResult.Ok(
            new
            {
                Letters = items.Select(letter => new
                {
                    Id = letter.Id.ToString(),
                    letter.State,
                    letter.Customer,
                    letter.Address,
                    letter.Tone,
                    letter.Since,
                    letter.Numbers,
                    Owed = letter.Owed.Select(MoneyView.Of),
                    PrintedAt = letter.Printed?.At,
                    PrintedBy = letter.Printed?.By,
                    letter.Printed?.PostOn,
                    letter.Printed?.PayBy,
                    Enclosures = letter.Printed?.Enclosures ?? [],
                    WhyNot = letter.WhyNot is { } block ? ReasonText.Of(block) : null,
                }),
                Continuation = next,
            }
        );
    }
}
