using Dunning.Receivables;

namespace Dunning.Configuration;

/// <summary>The creditor whose invoices these are, from the settings <c>Dunning__*</c>.</summary>
public sealed record CreditorOptions
{
    public string Company { get; init; } = "";

    /// <summary>The person who signs the messages; reminders signed by a known person are paid sooner.</summary>
    public string? Person { get; init; }

    /// <summary>Address for replies.</summary>
    public string Email { get; init; } = "";
    public string? Phone { get; init; }

    /// <summary>Shown in the foot of each email, as business letters must name the sender.</summary>
    public PostalAddress? Address { get; init; }

    /// <summary>VAT id or tax number, shown in the foot of each email.</summary>
    public string? TaxId { get; init; }

    /// <summary>The bank account for invoices that name none.</summary>
    public BankTransfer? Bank { get; init; }

    /// <summary>BCP 47 language for customers without one.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA time zone.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>
    /// Email address that receives follow-ups and escalation copies when the customer's contacts name no account
    /// manager.
    /// </summary>
    public string? AccountManager { get; init; }

    /// <summary>Hosts that a <c>paymentUrl</c> may point to; empty allows every https host.</summary>
    public IReadOnlyList<string> PaymentHosts { get; init; } = [];

    /// <summary>Hosts that a <c>documentUrl</c> may point to; empty allows every https host.</summary>
    public IReadOnlyList<string> DocumentHosts { get; init; } = [];
    public string? PoliciesFile { get; init; }
    public string? CalendarFile { get; init; }
}
