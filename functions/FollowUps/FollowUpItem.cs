using Dunning.Receivables;

namespace Dunning.FollowUps;

/// <summary>One thing that waits for a person.</summary>
/// <param name="Id">
/// For <c>POST /api/manage/follow-ups/{id}/done</c>, where <paramref name="Resolve"/> names that, and of a reply.
/// </param>
/// <param name="Since">UTC.</param>
/// <param name="Due">UTC; the hour from which it is listed.</param>
/// <param name="Resolve">The request that resolves it first of all.</param>
public sealed record FollowUpItem(
    string Id,
    FollowUpKind Kind,
    DateTimeOffset Since,
    DateTimeOffset Due,
    HeldUp HoldsUp,
    IfNobodyActs IfNobodyActs,
    string Resolve
)
{
    /// <summary>
    /// The id in the routes that resolve it: of the invoice, notice, message or delivery, of a reply with its customer;
    /// null where there is none.
    /// </summary>
    public string? Subject { get; private init; }

    /// <summary>The account manager; null when nobody is named.</summary>
    public FollowUpOwner? Owner { get; init; }
    public CustomerId? CustomerId { get; init; }
    public string? CustomerName { get; init; }
    public InvoiceId? Invoice { get; init; }
    public string? Number { get; init; }

    /// <summary>What is open of the invoice, or what was paid.</summary>
    public Money? Amount { get; init; }
    public StepId? Step { get; init; }

    /// <summary>The parts that the customer asks for; null for none.</summary>
    public RequestedPlan? Plan { get; init; }

    /// <summary>What a person, the policy, the customer or a provider wrote.</summary>
    public string? Text { get; init; }

    /// <summary>Of a call or a letter, what it was read from.</summary>
    internal WaitingNotice? Waiting { get; init; }

    internal static FollowUpItem Create(FollowUpKey key, DateTimeOffset since, string? id) =>
        new(
            key.Id,
            key.Kind,
            since,
            key.Due,
            FollowUpRules.HoldsUp(key.Kind),
            FollowUpRules.Consequence(key.Kind),
            FollowUpRules.RouteOf(key, id)
        )
        {
            Subject = id,
        };
}

/// <summary>A call or a letter that waits for a person, with the rows of its customer.</summary>
internal sealed record WaitingNotice(CustomerAccount Account, Notice Notice);

/// <param name="From">The day of the first part; one follows each month.</param>
public sealed record RequestedPlan(int Parts, DateOnly From);

public sealed record FollowUpOwner(string Name, string Email);

/// <param name="Continuation">Of the next page; null on the last.</param>
/// <param name="Counts">Of all pages, by kind.</param>
public sealed record FollowUpPage(
    IReadOnlyList<FollowUpItem> Items,
    string? Continuation,
    IReadOnlyDictionary<FollowUpKind, int> Counts
);

/// <param name="Continuation">Null for the first page.</param>
/// <param name="Limit">Items of a page; zero for the counts alone.</param>
/// <param name="IncludesLater">Also what a person has put off, and notes to come back to later.</param>
public sealed record FollowUpQuery(string? Continuation = null, int Limit = 50, bool IncludesLater = false)
{
    public FollowUpKind? Kind { get; init; }
}
