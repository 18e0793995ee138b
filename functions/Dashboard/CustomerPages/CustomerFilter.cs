using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What the list of customers shows, from the address of the page.</summary>
/// <param name="Show">A preset; empty for all customers with open invoices.</param>
/// <param name="Text">In the name or the id at the source.</param>
public sealed record CustomerFilter(string Show, string Text)
{
    internal static readonly IReadOnlyList<string> Presets =
    [
        "overdue",
        "onHold",
        "disputed",
        "promised",
        "noContact",
        "optedOut",
        "all",
    ];

    internal static CustomerFilter Read(IQueryCollection query) =>
        new(query["show"].ToString(), query["q"].ToString().Trim());

    internal bool Matches(CustomerRow row) =>
        IsShown(row)
        && (
            Text.Length == 0
            || row.Customer.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || row.Customer.ExternalId?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true
        );

    private bool IsShown(CustomerRow row) =>
        Show switch
        {
            "all" => true,
            "overdue" => row.OldestDaysLate > 0,
            "onHold" => row.Invoices.Any(i => i.Invoice.Dunning.Hold is not null),
            "disputed" => row.Invoices.Any(i => i.Invoice.Dunning.Dispute is not null),
            "promised" => row.Invoices.Any(i => i.Invoice.Agreements.Promise is not null),
            "noContact" => !row.Customer.CanBeReached,
            "optedOut" => row.Customer.OptOuts.Count > 0 || row.Customer.DoNotContact,
            _ => row.Invoices.Count > 0 || Text.Length > 0,
        };
}
