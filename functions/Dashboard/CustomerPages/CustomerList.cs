using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What <see cref="CustomersPage"/> shows.</summary>
public sealed record CustomerList(CustomerFilter Filter, ListPage<CustomerRow> Page);
