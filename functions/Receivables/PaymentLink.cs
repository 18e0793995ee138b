namespace Dunning.Receivables;

/// <summary>A page where an invoice is paid online.</summary>
/// <param name="Url">HTTPS.</param>
/// <param name="Label">How the source names it; null for the words of the method.</param>
public sealed record PaymentLink(PaymentMethod Method, string Url, string? Label = null) : StoredRecord
{
    public const int MaxCount = 10;
}

public enum PaymentMethod
{
    Card,
    PayPal,

    /// <summary>A transfer that the customer's bank or a payment provider has prepared.</summary>
    Bank,

    /// <summary>Apple Pay, Google Pay and the like.</summary>
    Wallet,
    Other,
}
