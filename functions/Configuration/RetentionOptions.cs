namespace Dunning.Configuration;

/// <summary>How long what is kept, from the settings <c>Retention__*</c>, in days; 0 keeps it for ever.</summary>
public sealed record RetentionOptions
{
    /// <summary>
    /// After an invoice is closed: contact details, messages and free texts of it and its history; of the customer when
    /// it was the last.
    /// </summary>
    public int MessagesDays { get; init; } = 730;

    /// <summary>After it came in: the body of a webhook. That it came is known for ever.</summary>
    public int WebhookBodiesDays { get; init; } = 90;

    /// <summary>After an invoice is closed: all of it. Bookkeeping law wants 5 to 10 years.</summary>
    public int ClosedInvoicesDays { get; init; }

    /// <summary>What is older is kept no longer; null when it is kept for ever.</summary>
    public static DateTimeOffset? End(int days, DateTimeOffset now) => days > 0 ? now.AddDays(-days) : null;

    /// <summary>Why these periods make no sense, beginning with a setting's name; null when they do.</summary>
    public string? Flaw =>
        this switch
        {
            { MessagesDays: < 0 } or { WebhookBodiesDays: < 0 } or { ClosedInvoicesDays: < 0 } =>
                "Retention__MessagesDays, Retention__WebhookBodiesDays and Retention__ClosedInvoicesDays are "
                    + "numbers of days; 0 keeps for ever.",
            { ClosedInvoicesDays: > 0 } when MessagesDays == 0 || MessagesDays > ClosedInvoicesDays =>
                "Retention__ClosedInvoicesDays must not be shorter than Retention__MessagesDays.",
            _ => null,
        };
}
