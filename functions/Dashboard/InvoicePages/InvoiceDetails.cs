using Dunning.Explanations;
using Dunning.Forecast;
using Dunning.Receivables;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>What <see cref="InvoicePage"/> shows.</summary>
/// <param name="Events">Newest first.</param>
/// <param name="Ledger">By value date.</param>
/// <param name="Actions">Names of those that the invoice allows now.</param>
/// <param name="Done">The action that led here; null for none.</param>
public sealed record InvoiceDetails(
    InvoiceRow Row,
    IReadOnlyList<InvoiceEvent> Events,
    IReadOnlyList<LedgerEntry> Ledger,
    IReadOnlyList<string> Actions,
    string? Done
)
{
    public Invoice Invoice => Row.Invoice;

    /// <summary>The decision of a day in the past; null for a day in the future.</summary>
    public DayDecision? Why { get; init; }

    /// <summary>Null while nothing is overdue.</summary>
    public ChargeDetails? Charges { get; init; }

    /// <summary>The messages that will be sent about it if nothing changes.</summary>
    public IReadOnlyList<ForecastMessage> Coming { get; init; } = [];
}
