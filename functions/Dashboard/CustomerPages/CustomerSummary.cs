using Dunning.Customers;
using Dunning.Forecast;
using Dunning.Receivables;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What <see cref="CustomerPage"/> shows.</summary>
/// <param name="Events">
/// Of all invoices, newest first, at most <see cref="MaxEvents"/>; null when they could not be read.
/// </param>
/// <param name="History">Null when it could not be read.</param>
public sealed record CustomerSummary(
    CustomerRow Row,
    CustomerHistory? History,
    IReadOnlyList<InvoiceEvent>? Events,
    string? Done
)
{
    internal const int MaxEvents = 100;
    internal const int MaxReplies = 30;

    public Customer Customer => Row.Customer;

    /// <summary>
    /// What the customer wrote, newest first, at most <see cref="MaxReplies"/>; null when it could not be read.
    /// </summary>
    public IReadOnlyList<Reply>? Replies { get; init; } = [];

    /// <summary>The messages that will be sent if nothing changes.</summary>
    public IReadOnlyList<ForecastMessage> Coming { get; init; } = [];
}

/// <param name="Behaviour">How the customer pays.</param>
public sealed record CustomerHistory(Statement Statement, BehaviourView Behaviour);
