using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What <see cref="CustomersPage"/> shows.</summary>
/// <param name="Done">The action that led here; null for none.</param>
public sealed record CustomerList(CustomerFilter Filter, ListPage<CustomerRow> Page, string? Done);
