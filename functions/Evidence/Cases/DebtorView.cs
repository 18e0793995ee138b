using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary><c>customer.json</c>: who the debtor is, and what it said about being contacted.</summary>
internal sealed record DebtorView(
    CustomerId Id,
    string? ExternalId,
    string Name,
    CustomerKind? Kind,
    string? TaxId,
    PostalAddress? Address,
    string? Country,
    string? Email,
    string? Phone,
    string? Locale,
    IReadOnlyList<Contact> Contacts,
    bool DoNotContact,
    IReadOnlyList<OptOut> OptOuts,
    IReadOnlyList<CustomerId> MergedFrom,
    DateTimeOffset? ErasedAt
)
{
    /// <summary>Without the creditor's own people.</summary>
    public static DebtorView Create(Customer customer) =>
        new(
            customer.Id,
            customer.ExternalId,
            customer.Name,
            customer.Kind,
            customer.TaxId,
            customer.Address,
            customer.Country,
            customer.Email,
            customer.Phone,
            customer.Locale,
            [.. customer.Contacts.Where(contact => !contact.IsAccountManager)],
            customer.DoNotContact,
            customer.OptOuts,
            customer.MergedFrom,
            customer.ErasedAt
        );
}
