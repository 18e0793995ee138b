using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>
/// What a claimed message charges, announces and gives notice of, on one invoice. It counts once the message was sent.
/// </summary>
/// <param name="Entries">The ledger entries.</param>
/// <param name="Outcomes">What becomes of each kind that the step charges.</param>
public sealed record PlannedCharges(
    string InvoiceId,
    IReadOnlyList<LedgerEntry> Entries,
    IReadOnlyList<ChargeOutcome> Outcomes
) : StoredRecord
{
    /// <summary>What the message says that the next step will charge; null for nothing.</summary>
    public AnnouncedCharges? Announced { get; init; }

    /// <summary>Only of a pre-collection notice.</summary>
    public PreCollectionNoticeSent? PreCollectionNotice { get; init; }

    /// <summary>Only of a letter that announces a report.</summary>
    public CreditReport? CreditReport { get; init; }

    /// <summary>Writes to the invoice of a message that was sent what the message charges and tells.</summary>
    /// <returns>
    /// Null when there is nothing to write: it was written before; another message of the same step has charged it; or
    /// the invoice was closed meanwhile, because what was paid before the message arrived is not charged.
    /// </returns>
    public CustomerTransaction? Post(
        Versioned<Invoice> invoice,
        IReadOnlyCollection<LedgerEntry> ledger,
        Notice notice,
        DateTimeOffset now
    )
    {
        var before = invoice.Value;
        if (before.Closed is not null || before.ErasedAt is not null)
            return null;
        List<LedgerEntry> added =
        [
            .. Entries
                .Where(entry => !ledger.Any(known => Includes(known, entry)))
                .Select(entry => entry with { InvoiceId = before.Id.Invoice }),
        ];
        var sent = AfterSending(before);
        var transaction = new CustomerTransaction(before.Id.Customer);
        if (Outcomes.Count == 0 || added.Count == 0 && before.Dunning.ChargedBy?.Plan == notice.Id.Plan)
            return sent == before ? null : transaction.Save(invoice, sent);
        var after = sent.WithCharges(added) with { Dunning = sent.Dunning with { ChargedBy = notice.Id } };
        transaction.Save(invoice, after);
        foreach (var entry in added)
            transaction.Save(before: null, entry);
        return transaction.AddEvent(
            after.Id,
            new(now, added.Count > 0 ? EventKind.Charged : EventKind.NotCharged)
            {
                Charges = Outcomes,
                Owed = after.OpenAmount,
                Step = notice.Lines.FirstOrDefault(line => line.InvoiceId == InvoiceId)?.Step,
                Notice = notice.Id,
            }
        );
    }

    /// <summary>
    /// Whether an entry of the ledger is the same, or was charged for a later day while this message was in doubt.
    /// </summary>
    private static bool Includes(LedgerEntry known, LedgerEntry entry) =>
        known.Is(entry.Provider, entry.Kind, entry.ObjectId)
        || known.Kind == entry.Kind
            && entry.Kind switch
            {
                LedgerKind.LateInterest => known.Charge?.Until >= entry.Charge?.Until,
                LedgerKind.ReminderFee => known.ValueDate >= entry.ValueDate,
                _ => false,
            };

    private Invoice AfterSending(Invoice invoice)
    {
        var dunning = invoice.Dunning;
        if (Announced is { } announced)
            dunning = dunning with { AnnouncedCharges = AnnouncedCharges.After(dunning.AnnouncedCharges, announced) };
        if (PreCollectionNotice is not null)
            dunning = dunning with { PreCollectionNotice = PreCollectionNotice };
        // A report that stands has to be withdrawn: it is not forgotten.
        if (
            CreditReport is { } report
            && dunning.CreditReport is not { Stands: true }
            && dunning.CreditReport?.AnnouncedBy != report.AnnouncedBy
        )
            dunning = dunning with { CreditReport = report };
        return invoice with { Dunning = dunning };
    }
}
