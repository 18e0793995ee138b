using Dunning.Receivables;
using Dunning.Receivables.Storage;

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

    /// <summary>What a customer wrote, where the action is about that; null elsewhere.</summary>
    public string? Quote { get; init; }

    /// <summary>Values to choose from, by the name of the field.</summary>
    public ILookup<string, Suggestion> Suggestions { get; init; } = Array.Empty<Suggestion>().ToLookup(_ => "");

    /// <summary>How often the invoice has been saved: see <see cref="Invoice.Revision"/>.</summary>
    public int Revision { get; init; }

    /// <returns>Null when there is no such invoice.</returns>
    internal static async Task<ActionSubject?> FindInvoiceAsync(
        ReceivablesTable receivables,
        string id,
        CancellationToken cancellationToken
    ) =>
        InvoiceId.TryParse(id, out var invoiceId)
        && await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is { } invoice
            ? Create(invoice.Value)
            : null;

    private static ActionSubject Create(Invoice invoice) =>
        new(invoice.Document.Number, Layout.Pages.Of($"invoices/{invoice.Id}"))
        {
            Revision = invoice.Revision,
            Currency = invoice.OpenAmount.Currency,
            Proposed = new Dictionary<string, string> { ["amount"] = invoice.OpenAmount.ToDecimalString() },
        };
}

/// <param name="Label">What a person knows it by.</param>
public sealed record Suggestion(string Value, string Label);
