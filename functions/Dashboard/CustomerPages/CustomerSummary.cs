using Dunning.Customers;
using Dunning.Forecast;
using Dunning.Receivables;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What <see cref="CustomerPage"/> shows.</summary>
/// <param name="Events">Of all invoices, newest first, at most <see cref="MaxEvents"/>.</param>
public sealed record CustomerSummary(
    CustomerRow Row,
    Statement Statement,
    IReadOnlyList<InvoiceEvent> Events,
    string? Done
)
{
    internal const int MaxEvents = 100;

    public Customer Customer => Row.Customer;

    /// <summary>How the customer pays.</summary>
    public required BehaviourView Behaviour { get; init; }

    /// <summary>The messages that will be sent if nothing changes.</summary>
    public IReadOnlyList<ForecastMessage> Coming { get; init; } = [];
}
