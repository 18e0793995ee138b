namespace Dunning.Configuration;

/// <summary>Retention periods in days, from the settings <c>Retention__*</c>; 0 keeps the data for ever.</summary>
public sealed record RetentionOptions
{
    /// <summary>
    /// Counted from the closing of an invoice: its contact details, messages and free texts, and those of its history;
    /// with the customer's last invoice, also those of the customer.
    /// </summary>
    public int MessagesDays { get; init; } = 730;

    /// <summary>Counted from the receipt of a webhook: its body. The record of the receipt stays for ever.</summary>
    public int WebhookBodiesDays { get; init; } = 90;

    /// <summary>
    /// Counted from the closing of an invoice: all of its rows. Bookkeeping law requires 5 to 10 years.
    /// </summary>
    public int ClosedInvoicesDays { get; init; }

    /// <summary>Data from before this instant must be deleted; null when they are kept for ever.</summary>
    public static DateTimeOffset? End(int days, DateTimeOffset now) => days > 0 ? now.AddDays(-days) : null;

    /// <summary>What is wrong with the periods, beginning with a setting's name; null when they are valid.</summary>
    public string? Error =>
        this switch
        {
            { MessagesDays: < 0 } or { WebhookBodiesDays: < 0 } or { ClosedInvoicesDays: < 0 } =>
                "Retention__MessagesDays, Retention__WebhookBodiesDays and Retention__ClosedInvoicesDays must be "
                    + "numbers of days; 0 keeps the data for ever.",
            { ClosedInvoicesDays: > 0 } when MessagesDays == 0 || MessagesDays > ClosedInvoicesDays =>
                "Retention__ClosedInvoicesDays must not be shorter than Retention__MessagesDays.",
            _ => null,
        };
}
