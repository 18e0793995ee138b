namespace Dunning.Receivables.Storage;

/// <summary>
/// Removes the personal data from a row. Amounts, dates, numbers, ids, hashes and event kinds stay, because bookkeeping
/// law requires them (GDPR art. 17(3)(b)). Names, addresses, links and free texts are removed, and so are fields that
/// this release does not know.
/// </summary>
internal static class Erasure
{
    /// <summary>
    /// Keeps the id, which the keys of the remaining rows contain, and the requests not to be contacted, which stay
    /// valid.
    /// </summary>
    public static Customer Erase(Customer customer, DateTimeOffset at) =>
        new()
        {
            Id = customer.Id,
            Name = "",
            DoNotContact = customer.DoNotContact,
            NoCourtesyMails = customer.NoCourtesyMails,
            PortalLinkEpoch = customer.PortalLinkEpoch + 1,
            HasCredits = customer.HasCredits,
            OptOuts = [.. customer.OptOuts.Select(o => o.Erased())],
            MergedFrom = customer.MergedFrom,
            ErasedAt = at,
        };

    public static Invoice Erase(Invoice invoice, DateTimeOffset at) =>
        invoice with
        {
            UnknownFields = null,
            SupportingDocuments = [],
            PersonalLine = null,
            Document = invoice.Document with
            {
                UnknownFields = null,
                PaymentUrl = null,
                PaymentLinks = [],
                DocumentUrl = null,
                Bank = null,
                OrderReference = null,
                BuyerReference = null,
                PaymentTermsText = null,
                ChangeReason = null,
                Collection = null,
                Instalments = [.. invoice.Document.Instalments.Select(part => part with { Milestone = null })],
                Lines = [],
                Tags = [],
                Metadata = new Dictionary<string, string>(),
            },
            Dunning = invoice.Dunning with
            {
                UnknownFields = null,
                Next = null,
                AnnouncedCharges = null,
                PreCollectionNotice = invoice.Dunning.PreCollectionNotice is { } notice
                    ? notice with
                    {
                        UnknownFields = null,
                    }
                    : null,
                // The agency is the policy's word; the report may have to be withdrawn.
                CreditReport = invoice.Dunning.CreditReport is { } report ? report with { UnknownFields = null } : null,
                RaisedAmount = invoice.Dunning.RaisedAmount is { } raised
                    ? raised with
                    {
                        Text = null,
                        UnknownFields = null,
                    }
                    : null,
                Hold = invoice.Dunning.Hold is { } hold ? hold with { Text = null, UnknownFields = null } : null,
                Dispute = invoice.Dunning.Dispute is { } dispute
                    ? dispute with
                    {
                        Text = null,
                        UnknownFields = null,
                    }
                    : null,
            },
            Payments = invoice.Payments with { UnknownFields = null },
            FollowUps = [],
            Agreements = invoice.Agreements.Erased(),
            Closed = invoice.Closed is { } closed ? closed with { Text = null, UnknownFields = null } : null,
            ErasedAt = at,
        };

    public static InvoiceEvent Erase(InvoiceEvent invoiceEvent) =>
        invoiceEvent with
        {
            // The source of an invoice is no person.
            By = invoiceEvent.Kind is EventKind.Accepted or EventKind.Updated ? invoiceEvent.By : null,
            Text = null,
            Parts = invoiceEvent.Parts is { } parts ? [.. parts.Select(part => part.Erased())] : null,
            Document = invoiceEvent.Kind is EventKind.MilestoneReached ? null : invoiceEvent.Document,
            Message = invoiceEvent.Message?.Erased(),
            UnknownFields = null,
        };
}
