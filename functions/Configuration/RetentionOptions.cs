using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>Retention periods in days, from the settings <c>Retention__*</c>; 0 keeps the data for ever.</summary>
public sealed class RetentionOptions : IValidatableObject
{
    /// <summary>
    /// Counted from the closing of an invoice: its contact details, messages and free texts, and those of its history;
    /// with the customer's last invoice, also those of the customer.
    /// </summary>
    [WholeNumber(0, 36_500)]
    public int MessagesDays { get; init; } = 730;

    /// <summary>Counted from the receipt of a webhook: its body. The record of the receipt stays for ever.</summary>
    [WholeNumber(0, 36_500)]
    public int WebhookBodiesDays { get; init; } = 90;

    /// <summary>
    /// Counted from the closing of an invoice: all of its rows. Bookkeeping law requires 5 to 10 years.
    /// </summary>
    [WholeNumber(0, 36_500)]
    public int ClosedInvoicesDays { get; init; }

    /// <summary>Data from before this instant must be deleted; null when they are kept for ever.</summary>
    public static DateTimeOffset? End(int days, DateTimeOffset now) => days > 0 ? now.AddDays(-days) : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClosedInvoicesDays > 0 && (MessagesDays == 0 || MessagesDays > ClosedInvoicesDays))
            yield return new ValidationResult(
                "it must not be shorter than Retention__MessagesDays; 0 keeps the invoices for ever",
                [nameof(ClosedInvoicesDays)]
            );
    }
}
