using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>Which part of a list the query of an address asks for.</summary>
/// <param name="Continuation">Where it begins, as the answer before gave it; null for the beginning.</param>
internal sealed record ListRange(int Limit, string? Continuation)
{
    public const string InvalidTitle = "The list cannot be read";

    /// <param name="usual">The limit where the query has none.</param>
    public static (ListRange? Range, ApiResult? Error) Read(IQueryCollection query, int usual, int most)
    {
        var limit = usual;
        if (
            query["limit"].ToString() is { Length: > 0 } sent
            && !(int.TryParse(sent, CultureInfo.InvariantCulture, out limit) && limit > 0 && limit <= most)
        )
            return (
                null,
                ApiResult.Invalid(
                    InvalidTitle,
                    [new("#/limit", "out_of_range", $"limit: send a number from 1 to {most}")]
                )
            );
        return (new(limit, query["continuation"].ToString() is { Length: > 0 } from ? from : null), null);
    }
}
