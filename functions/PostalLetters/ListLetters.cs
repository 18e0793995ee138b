using System.Globalization;
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
        var limit = 50;
        if (
            request.Query["limit"].ToString() is { Length: > 0 } sent
            && !(
                int.TryParse(sent, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= LetterList.MaxLetters
            )
        )
            return ApiResult.Invalid(
                "The list cannot be read",
                [new("#/limit", "out_of_range", $"limit: send a number from 1 to {LetterList.MaxLetters}")]
            );
        var continuation = request.Query["continuation"].ToString() is { Length: > 0 } from ? from : null;
        var (items, next) = await letters.ReadAsync(continuation, limit, cancellationToken);
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
                    Owed = letter.Owed.Select(amount => new { Amount = amount.ToDecimalString(), amount.Currency }),
                    PrintedAt = letter.Printed?.At,
                    PrintedBy = letter.Printed?.By,
                    letter.Printed?.PostOn,
                    letter.Printed?.PayBy,
                    WhyNot = letter.WhyNot is { } block ? ReasonText.Of(block) : null,
                }),
                Continuation = next,
            }
        );
    }
}
