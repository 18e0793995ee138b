namespace Dunning.Receivables;

/// <summary>A person to know about a customer's invoices.</summary>
/// <param name="Role">
/// Free text; <c>management</c> is copied on escalations, <c>accountManager</c> is our own person.
/// </param>
/// <param name="Cc">Copied on every mail to the customer.</param>
public sealed record Contact(string Name, string? Email, string? Phone, string? Role, bool Cc)
{
    public bool IsManagement => string.Equals(Role, "management", StringComparison.OrdinalIgnoreCase);
    public bool IsAccountManager => string.Equals(Role, "accountManager", StringComparison.OrdinalIgnoreCase);
}
