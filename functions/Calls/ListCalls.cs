using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Calls;

/// <summary>
/// <c>GET /api/manage/calls</c>: the calls that are due, those first whose hours end first; with <c>?limit=</c> and
/// <c>?continuation=</c>.
/// </summary>
public sealed class ListCalls(CallList calls)
{
    [Function(nameof(ListCalls))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/calls")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (range, error) = ListRange.Read(request.Query, usual: 25, most: 100);
        if (range is null)
            return error!;
        var (items, next) = await calls.ReadAsync(range.Continuation, range.Limit, cancellationToken);
        return ApiResult.Ok(new { Calls = items.Select(Answer), Continuation = next });
    }

    private static object Answer(CallItem call) =>
        new
        {
            Id = call.Id.ToString(),
            CustomerId = call.CustomerId.Value,
            call.Customer,
            call.Contact,
            call.Number,
            call.TimeZone,
            call.Language,
            call.BestFrom,
            call.BestUntil,
            call.Since,
            call.Script,
            Invoices = call.Invoices.Select(invoice => new
            {
                Id = invoice.Id.ToString(),
                invoice.Number,
                invoice.DueDate,
                invoice.DaysLate,
                Owed = MoneyView.Of(invoice.Owed),
            }),
            TalkingPoints = call.TalkingPoints.Select(point => new
            {
                point.Code,
                Amount = MoneyView.Of(point.Amount),
                point.Date,
                point.Days,
                point.Channel,
                Step = point.Step?.Value,
            }),
            Before = call.Before.Select(e => new { e.At, e.What }),
            Notes = call.Notes.Select(note => new
            {
                note.At,
                note.By,
                note.Text,
            }),
        };
}
