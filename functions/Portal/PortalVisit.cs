using Dunning.Policies;
using Dunning.Portal.Answers;
using Dunning.Receivables;

namespace Dunning.Portal;

/// <summary>A request by a link that is valid: the rows of its customer, and of nobody else.</summary>
/// <param name="Link">Tells the links of the customer apart.</param>
public sealed record PortalVisit(PortalContext Page, DunningContext Context, CustomerAccount Account, string Link)
{
    /// <summary>The open invoices of which something is owed, the one that fell due first at the top.</summary>
    public IReadOnlyList<Invoice> Invoices { get; } = OpenInvoices(Account);

    /// <summary>The ways to answer that have a use now; a day of payment has buttons of its own.</summary>
    internal IEnumerable<AnswerKind> Offered =>
        Enum.GetValues<AnswerKind>()
            .Where(kind =>
                kind switch
                {
                    AnswerKind.WillPay => false,
                    AnswerKind.Question or AnswerKind.OtherContact or AnswerKind.Preferences => true,
                    AnswerKind.TakeBack => Invoices.Any(invoice =>
                        invoice.Payments.Pending is { IsClaimed: true }
                        || invoice.Agreements.Promise?.By == PortalAnswer.By
                    ),
                    _ => Invoices.Count > 0,
                }
            );

    internal static IReadOnlyList<Invoice> OpenInvoices(CustomerAccount account) =>
        [
            .. account
                .Invoices.Select(invoice => invoice.Value)
                .Where(invoice => invoice is { ErasedAt: null, IsUncertain: false, OpenAmount.IsPositive: true })
                .Where(invoice => invoice.Document.Kind is InvoiceKind.Invoice)
                .OrderBy(invoice => invoice.AgreedDueDate)
                .ThenBy(invoice => invoice.Document.Number, StringComparer.Ordinal),
        ];
}
