using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence.Cases;

/// <summary>The response of <c>GET /api/invoices/{id}/events/verify</c>.</summary>
/// <param name="Events">How many there are.</param>
/// <param name="Erased">How many of them have no personal data any more: only their place was checked.</param>
/// <param name="Unchained">How many are from before there was a chain.</param>
/// <param name="Head">The last link; null without one.</param>
internal sealed record ChainView(
    string Id,
    int Events,
    int Erased,
    int Unchained,
    bool Valid,
    IReadOnlyList<ChainProblemView> Problems,
    ChainHeadView? Head
)
{
    public static ChainView Create(InvoiceId id, StoredChain chain)
    {
        var check = chain.Check();
        return new ChainView(
            id.ToString(),
            check.Events,
            check.Erased,
            check.Unchained,
            check.Problems.Count == 0,
            [.. check.Problems.Select(ChainProblemView.Create)],
            chain.Head is { } head ? new ChainHeadView(head.Number, head.Link) : null
        );
    }
}

/// <param name="Number">Of the event; of removed events, the first number.</param>
/// <param name="Key">The row key of the event; null for a removed one.</param>
internal sealed record ChainProblemView(ChainProblemCode Code, long? Number, string? Key, string Detail)
{
    public static ChainProblemView Create(ChainProblem problem) =>
        new(problem.Code, problem.Number, problem.Key, ChainProblemText.Of(problem));
}

internal sealed record ChainHeadView(long Number, string Link);
