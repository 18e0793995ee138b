using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using static Dunning.Http.Validation.DateRules;

namespace Dunning.Statements;

/// <summary>The period that somebody asks for; each end may be missing.</summary>
internal sealed record StatementRequest(DateOnly? From, DateOnly? To)
{
    public const string InvalidTitle = "The period is not valid";

    public static readonly StatementRequest Empty = new(null, null);

    public static StatementRequest Read(JsonFields json) =>
        new(json.Optional("from", CalendarDate), json.Optional("to", CalendarDate));

    public static (StatementRequest? Value, ApiResult? Error) Read(IQueryCollection query)
    {
        var errors = new ValidationErrors(strict: true);
        var request = new StatementRequest(Read(query, "from", errors), Read(query, "to", errors));
        return errors.Problems.Count > 0 ? (null, ApiResult.Invalid(InvalidTitle, errors.Problems)) : (request, null);
    }

    /// <summary>Without <c>from</c>, it begins on the first day of the month before the last day.</summary>
    /// <param name="today">In the customer's zone.</param>
    public (StatementPeriod? Value, ApiResult? Error) PeriodAt(DateOnly today)
    {
        var from = From ?? StatementPeriod.Default(To ?? today).From;
        FieldProblem? problem =
            To > today
                ? new(
                    "#/to",
                    "in_the_future",
                    $"to: {To:yyyy-MM-dd} is after today, {today:yyyy-MM-dd}: send an earlier day, or leave it out"
                )
            : from > (To ?? today)
                ? new(
                    "#/from",
                    "after_the_end",
                    $"from: {from:yyyy-MM-dd} is after the last day, {To ?? today:yyyy-MM-dd}: send an earlier day"
                )
            : null;
        return problem is null
            ? (new StatementPeriod(from, To), null)
            : (null, ApiResult.Invalid(InvalidTitle, [problem]));
    }

    private static DateOnly? Read(IQueryCollection query, string name, ValidationErrors errors)
    {
        if (!query.TryGetValue(name, out var texts))
            return null;
        var result = CalendarDate.Check(texts.ToString());
        if (result.Error is { } error)
            errors.Refuse($"#/{name}", error);
        return result.OrNull();
    }
}
