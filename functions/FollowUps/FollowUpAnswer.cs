using Dunning.Receivables;

namespace Dunning.FollowUps;

/// <summary>The response of <c>GET /api/manage/follow-ups</c>.</summary>
internal sealed record FollowUpAnswer(
    IReadOnlyList<FollowUpView> FollowUps,
    string? Continuation,
    IReadOnlyList<FollowUpCount> Counts
)
{
    public static FollowUpAnswer Create(FollowUpPage page) =>
        new(
            [.. page.Items.Select(FollowUpView.Create)],
            page.Continuation,
            [.. page.Counts.OrderBy(count => count.Key).Select(count => new FollowUpCount(count.Key, count.Value))]
        );
}

internal sealed record FollowUpCount(FollowUpKind Kind, int Count);

internal sealed record FollowUpView(string Id, FollowUpKind Kind, DateTimeOffset Since, DateTimeOffset Due)
{
    public FollowUpOwner? Owner { get; init; }
    public CustomerId? CustomerId { get; init; }
    public string? CustomerName { get; init; }
    public string? Invoice { get; init; }
    public string? Number { get; init; }
    public string? Amount { get; init; }
    public string? Currency { get; init; }
    public required HeldUp HoldsUp { get; init; }
    public required IfNobodyActs IfNobodyActs { get; init; }
    public required string Resolve { get; init; }
    public StepId? Step { get; init; }
    public string? Text { get; init; }

    public static FollowUpView Create(FollowUpItem item) =>
        new(item.Id, item.Kind, item.Since, item.Due)
        {
            Owner = item.Owner,
            CustomerId = item.CustomerId,
            CustomerName = item.CustomerName,
            Invoice = item.Invoice?.ToString(),
            Number = item.Number,
            Amount = item.Amount?.ToDecimalString(),
            Currency = item.Amount?.Currency,
            HoldsUp = item.HoldsUp,
            IfNobodyActs = item.IfNobodyActs,
            Resolve = item.Resolve,
            Step = item.Step,
            Text = item.Text,
        };
}
