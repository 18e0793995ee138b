using Dunning.Dashboard.Layout;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.Actions;

/// <summary>What a person ticked in a list, and the button that was pressed.</summary>
/// <param name="ReturnTo">The list.</param>
internal sealed record BulkChoice(
    string Action,
    IReadOnlyCollection<InvoiceId> Invoices,
    IReadOnlyCollection<CustomerId> Customers,
    string ReturnTo
)
{
    public static BulkChoice Read(IQueryCollection query) =>
        Create(query["action"], [.. query["id"]], [.. query["customer"]], query["to"]);

    /// <summary>The form that was made of a choice: several ids are one field, apart by blanks.</summary>
    public static BulkChoice Read(IReadOnlyDictionary<string, string> form) =>
        Create(
            form.GetValueOrDefault("action"),
            Split(form, "id"),
            Split(form, "customer"),
            form.GetValueOrDefault("to")
        );

    private static BulkChoice Create(
        string? action,
        IReadOnlyList<string?> invoices,
        IReadOnlyList<string?> customers,
        string? returnTo
    ) =>
        new(
            action ?? "",
            [
                .. invoices
                    .Take(BulkChanges.MaxInvoices)
                    .Select(text => InvoiceId.TryParse(text, out var id) ? id : (InvoiceId?)null)
                    .OfType<InvoiceId>()
                    .Distinct(),
            ],
            [.. customers.Take(BulkChanges.MaxInvoices).OfType<string>().Distinct().Select(id => new CustomerId(id))],
            Pages.Local(returnTo)
        );

    private static IReadOnlyList<string> Split(IReadOnlyDictionary<string, string> form, string name) =>
        form.GetValueOrDefault(name, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
