using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>A day in the query of an address, such as <c>?on=2026-11-22</c>.</summary>
internal static class QueryDay
{
    /// <returns>No day and no error when the query does not name it.</returns>
    public static (DateOnly? Day, ApiResult? Error) Read(IQueryCollection query, string name, string invalidTitle)
    {
        if (!query.TryGetValue(name, out var texts))
            return (null, null);
        var result = DateRules.CalendarDate.Check(texts.ToString());
        if (result.Error is not { } wrong)
            return (result.OrNull(), null);
        var errors = new ValidationErrors(strict: true);
        errors.Refuse($"#/{name}", wrong);
        return (null, ApiResult.Invalid(invalidTitle, errors.Problems));
    }
}
