namespace Dunning.Receivables;

/// <summary>A contact person for a customer's invoices.</summary>
/// <param name="Role">
/// Free text. <c>management</c> receives escalation copies; <c>accountManager</c> is the creditor's employee.
/// </param>
/// <param name="Cc">Receives a copy of every email to the customer.</param>
public sealed record Contact(string Name, string? Email, string? Phone, string? Role, bool Cc) : StoredRecord
{
    /// <summary>BCP 47; null for the customer's language, and the creditor's for its employee.</summary>
    public string? Locale { get; init; }

    /// <summary>False where the source gave no name: then the address stands in its place.</summary>
    public bool HasName => Name != Email && Name != Phone;

    public bool IsManagement => string.Equals(Role, "management", StringComparison.OrdinalIgnoreCase);
    public bool IsAccountManager => string.Equals(Role, "accountManager", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of the people who get a copy when it is escalated.</summary>
    internal static bool IsEscalationRole(string role) =>
        new Contact("", null, null, role, Cc: false) is { IsManagement: true } or { IsAccountManager: true };
}
