using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>How many open invoices follow which version, and which customers have a policy chosen for them.</summary>
/// <param name="Invoices">By version.</param>
public sealed record PolicyUses(
    IReadOnlyDictionary<PolicyVersion, int> Invoices,
    IReadOnlyDictionary<string, int> Customers
)
{
    internal static PolicyUses Of(IReadOnlyList<CustomerAccount> accounts) =>
        new(
            accounts
                .SelectMany(account => account.Invoices)
                .CountBy(invoice => invoice.Value.Dunning.Policy)
                .ToDictionary(),
            accounts
                .Select(account => account.Customer.Value.Policy)
                .OfType<string>()
                .CountBy(policy => policy)
                .ToDictionary()
        );

    public int InvoicesOf(string policy) =>
        Invoices.Where(version => version.Key.Name == policy).Sum(version => version.Value);

    internal int InvoicesBefore(Policy policy) =>
        Invoices.Where(version => PolicyMove.IsEarlier(version.Key, policy)).Sum(version => version.Value);
}
