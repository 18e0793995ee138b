using Dunning.Receivables;

namespace Dunning.Configuration;

/// <summary>The creditor whose invoices these are, from the settings <c>Dunning__*</c>.</summary>
public sealed record CreditorOptions
{
    public string Company { get; init; } = "";

    /// <summary>A named person who signs: reminders that name somebody the reader knows are paid sooner.</summary>
    public string? Person { get; init; }

    /// <summary>Where replies go.</summary>
    public string Email { get; init; } = "";
    public string? Phone { get; init; }

    /// <summary>How to pay by bank when an invoice does not say.</summary>
    public BankTransfer? Bank { get; init; }

    /// <summary>BCP 47 language for customers who have none.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA zone of the creditor.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";
    public string? AccountManager { get; init; }

    /// <summary>Hosts that a <c>paymentUrl</c> may point to; empty allows every https host.</summary>
    public IReadOnlyList<string> PaymentHosts { get; init; } = [];
    public string? PoliciesFile { get; init; }
    public string? CalendarFile { get; init; }
}
