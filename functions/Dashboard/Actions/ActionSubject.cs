using Dunning.Receivables;

namespace Dunning.Dashboard.Actions;

/// <summary>What an action is about: an invoice, a payment, a message.</summary>
/// <param name="Title">The number of the invoice, for example.</param>
/// <param name="ReturnTo">The page that shows it.</param>
public sealed record ActionSubject(string Title, string ReturnTo)
{
    /// <summary>Of the amounts in the form; null when it has none.</summary>
    public string? Currency { get; init; }

    /// <summary>Proposed values, by the name of the field.</summary>
    public IReadOnlyDictionary<string, string> Proposed { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the part that it is about; empty for none.</summary>
    public string Item { get; init; } = "";

    /// <summary>Numbers of invoices to choose from.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    internal static ActionSubject Create(Invoice invoice) =>
        new(invoice.Document.Number, Layout.Pages.Of($"invoices/{invoice.Id}"))
        {
            Currency = invoice.OpenAmount.Currency,
            Proposed = new Dictionary<string, string> { ["amount"] = invoice.OpenAmount.ToDecimalString() },
        };
}
