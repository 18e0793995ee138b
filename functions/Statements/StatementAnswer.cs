using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Statements;

/// <summary>Why there is no statement of a customer.</summary>
internal static class StatementAnswer
{
    public static ApiResult NotFound { get; } = ApiResult.NotFound("customer with this id");

    /// <returns>Null when there is one.</returns>
    public static ApiResult? WhyNone(Customer customer) =>
        customer.ErasedAt is not null ? NotFound
        // Its invoices are with two customers until all have moved.
        : customer.Merge is not null
            ? ApiResult.RetryLater(
                "The customer is being merged with another one",
                "Retry in a minute.",
                TimeSpan.FromMinutes(1)
            )
        : null;
}
