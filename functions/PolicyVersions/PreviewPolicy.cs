using Dunning.Forecast;
using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.PolicyVersions;

/// <summary>
/// <c>POST /api/policies/{name}/preview</c> with <c>{"policy": {…}}</c>: which messages of the next 30 days are added,
/// dropped, sent at another time or in another tone when the open invoices move to it. Without a policy it is about the
/// newest version. Nothing is stored.
/// </summary>
public sealed class PreviewPolicy(PolicyPreviews previews, PolicyUpdates updates, DunningRules rules)
{
    /// <summary>Of each kind; the counts are of all.</summary>
    private const int MaxLines = 1000;

    [Function(nameof(PreviewPolicy))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "policies/{name}/preview")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var (change, error) = await PolicyRequest.ReadAsync(request, name, isPreview: true, cancellationToken);
        if (change is null)
            return error!;
        await updates.ReadAsync(cancellationToken);
        if (rules.Policies.VersionsOf(name) is not [var newest, ..])
            return ApiResult.NotFound("policy of this name");
        var policy = change.Policy is null ? newest : change.Policy with { Version = newest.Version + 1 };
        return ApiResult.Ok(ViewOf(await previews.CreateAsync(policy, cancellationToken)));
    }

    private static object ViewOf(PolicyPreview preview) =>
        new
        {
            Policy = preview.Policy.Key,
            PolicyPreviews.Days,
            preview.Customers,
            preview.Invoices,
            Complete = preview.IsComplete,
            Counts = new
            {
                Added = preview.Added.Count,
                Dropped = preview.Dropped.Count,
                Moved = preview.Moved.Count,
                Changed = preview.Changed.Count,
            },
            Added = preview.Added.Take(MaxLines).Select(LineOf),
            Dropped = preview.Dropped.Take(MaxLines).Select(LineOf),
            Moved = preview.Moved.Take(MaxLines).Select(MoveOf),
            Changed = preview.Changed.Take(MaxLines).Select(MoveOf),
        };

    private static object MoveOf(ForecastMove move) => new { Before = LineOf(move.Before), After = LineOf(move.After) };

    private static PreviewLine LineOf(ForecastLine line) =>
        new(
            line.Item.Invoice.ToString(),
            line.Number,
            line.Message.Request.Customer.Name,
            line.Item.Step,
            line.Message.Channel,
            line.Message.Tone,
            line.Message.At,
            line.Message.On
        );

    /// <param name="Invoice">Its id.</param>
    /// <param name="Customer">The name.</param>
    /// <param name="At">UTC.</param>
    /// <param name="On">The date in the customer's zone.</param>
    private sealed record PreviewLine(
        string Invoice,
        string Number,
        string Customer,
        StepId? Step,
        Channel Channel,
        NoticeTone Tone,
        DateTimeOffset At,
        DateOnly On
    );
}
