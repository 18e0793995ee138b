using Dunning.Invoices.Formats;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Banking;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

public enum IntakeOutcome
{
    Created,
    Updated,
    Unchanged,
    IgnoredStale,
}

/// <summary>
/// What accepting a document changes. A pure function: the same document and stored rows give the same result.
/// </summary>
/// <param name="Transaction">Null when nothing changes.</param>
public sealed record IntakeDecision(
    IntakeOutcome Outcome,
    Invoice Invoice,
    Customer Customer,
    CustomerTransaction? Transaction
) : IDecision
{
    /// <summary>Sentences about what has no effect.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True when no reminder for the invoice may be sent after the response.</summary>
    public bool IsDunningStopped =>
        Customer.DoNotContact
        || Invoice is { Closed: not null } or { Dunning.Dispute: not null } or { Dunning.Hold: not null };

    internal static IntakeDecision Decide(
        InvoiceDocument document,
        StoredInvoice stored,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var hash = AcceptedInvoice.HashOf(document);
        if (WithoutChange(document, stored, hash) is { } unchanged)
            return unchanged;
        var context = new DunningContext(CustomerOf(document, stored), rules, now);
        var invoice = AcceptedInvoice.Create(context, document, stored, hash);
        return new(
            stored.Known is null ? IntakeOutcome.Created : IntakeOutcome.Updated,
            invoice,
            context.Customer,
            Record(context, document, stored, invoice)
        )
        {
            Warnings =
            [
                .. stored.Known is null ? stored.Match?.Warnings ?? [] : [],
                .. MissingLanguage(context, stored.Account?.Customer.Value) is { } locale
                    ? [$"#/customer/locale: there are no texts in '{locale}', so messages are in English"]
                    : Array.Empty<string>(),
            ],
        };
    }

    /// <returns>Null when the document is new.</returns>
    private static IntakeDecision? WithoutChange(InvoiceDocument document, StoredInvoice stored, string hash) =>
        stored is not { Known.Value: { } known, Account.Customer.Value: { } customer } ? null
        : document.UpdatedAt < known.Document.UpdatedAt ? new(IntakeOutcome.IgnoredStale, known, customer, null)
        : known.Document.Hash == hash ? new(IntakeOutcome.Unchanged, known, customer, null)
        : null;

    private static Customer CustomerOf(InvoiceDocument document, StoredInvoice stored) =>
        // The customer of an erased invoice stays erased, too; a new invoice stores the customer's data again.
        stored.Account
            is { Customer.Value: { } known }
        && (stored.IsErased || stored.Match is { IsMerged: true })
            ? known
            : MergeCustomer(stored.Account?.Customer.Value, document, stored.Id);

    private static CustomerTransaction Record(
        DunningContext context,
        InvoiceDocument document,
        StoredInvoice stored,
        Invoice invoice
    )
    {
        var (id, account, known) = stored;
        var (customer, _, now) = context;
        var asked = UnusableAccount(invoice, known?.Value, now);
        invoice = invoice.Document.Bank is { IsUnusable: true }
            ? invoice
            : invoice.WithoutFollowUps(FollowUpKind.UnusableAccount);
        var transaction = new CustomerTransaction(id.Customer)
            .Save(account?.Customer, customer)
            .Save(known, asked is null ? invoice : invoice.Asking(asked))
            .AddEvent(id, CreateEvent(invoice, customer, known?.Value, now));
        if (asked is not null)
            transaction.AddEvent(id, asked);
        if (MissingLanguage(context, account?.Customer.Value) is { } locale)
            transaction.AddEvent(id, new(now, EventKind.LanguageMissing) { Text = locale });
        if (IsNewlyMistyped(invoice, known?.Value))
            transaction.AddEvent(id, new(now, EventKind.ReferenceInvalid) { Text = invoice.Document.Bank!.Reference });
        foreach (var file in invoice.SupportingDocuments.Where(file => IsNew(file, known?.Value)))
            transaction.AddEvent(id, new(now, EventKind.DocumentStored) { Text = file.Name });
        if (stored.IsUncertain)
            transaction.AddEvent(id, new(now, EventKind.TaskForPerson) { Reason = EventReason.CustomerUncertain });
        // No thank-you notice for an invoice that was already paid when it was accepted.
        var isPaid =
            document.Status is SourceStatus.Paid
            && known is { Value.Closed: null }
            && invoice.Closed is { As: ClosedAs.Settled };
        if (isPaid && account is not null)
            ThankYou.Add(transaction, context, invoice, account);
        return transaction;
    }

    /// <summary>Null for a language that there are texts in, and for one that was said before.</summary>
    private static string? MissingLanguage(DunningContext context, Customer? known) =>
        context.Customer.Locale is { } locale && locale != known?.Locale && !context.Rules.HasLanguage(locale)
            ? locale
            : null;

    private static bool IsNew(SupportingDocument file, Invoice? known) =>
        file.BlobName is not null && known?.SupportingDocuments.Any(one => one.BlobName == file.BlobName) is not true;

    private static bool IsNewlyMistyped(Invoice invoice, Invoice? known) =>
        invoice.Document.Bank is { } bank
        && PaymentReference.IsMistyped(bank)
        && known?.Document.Bank?.Reference != bank.Reference;

    private static InvoiceEvent? UnusableAccount(Invoice invoice, Invoice? known, DateTimeOffset now) =>
        invoice.Document.Bank is { IsUnusable: true } && known?.Document.Bank is not { IsUnusable: true }
            ? new(now, EventKind.TaskForPerson) { Reason = EventReason.UnusableAccount }
            : null;

    private static Customer MergeCustomer(Customer? known, InvoiceDocument document, InvoiceId id)
    {
        var sent = document.Customer;
        var removed = sent.Removed;
        // A field that is absent keeps its value; one that the source has emptied must not be used any longer. What a
        // person set stays.
        T? Merged<T>(T? said, T? stored, CustomerField field) =>
            known?.IsSetByPerson(field) is true ? stored : said ?? (removed.Contains(field) ? default : stored);
        return (known ?? new Customer { Id = id.Customer, Name = sent.Name }) with
        {
            Name = Merged(sent.Name, known?.Name, CustomerField.Name)!,
            NameKey = Ids.NameKey(document.Source, sent.Name),
            ExternalId = sent.ExternalId ?? known?.ExternalId,
            Email = Merged(sent.Email, known?.Email, CustomerField.Email),
            SourceEmail = known?.IsSetByPerson(CustomerField.Email) is true ? sent.Email ?? known.SourceEmail : null,
            Phone = Merged(sent.Phone, known?.Phone, CustomerField.Phone),
            Locale = Merged(sent.Locale, known?.Locale, CustomerField.Locale),
            TimeZone = Merged(sent.TimeZone, known?.TimeZone, CustomerField.TimeZone),
            Country = Merged(sent.Country, known?.Country, CustomerField.Country),
            TaxId = Merged(sent.TaxId, known?.TaxId, CustomerField.TaxId),
            Kind = Merged(sent.Kind, known?.Kind, CustomerField.Kind),
            Address = Merged(sent.Address, known?.Address, CustomerField.Address),
            PreferredPaymentMethod = Merged(
                sent.PreferredPaymentMethod,
                known?.PreferredPaymentMethod,
                CustomerField.PreferredPaymentMethod
            ),
            Contacts =
                Merged(sent.Contacts.Count > 0 ? sent.Contacts : null, known?.Contacts, CustomerField.Contacts) ?? [],
            SuggestedEmail = sent.SuggestedEmail ?? known?.SuggestedEmail,
            HasCredits =
                known?.HasCredits is true || document is { Kind: InvoiceKind.CreditNote, PrecedingInvoice: null },
            DoNotContact = document.Dunning?.DoNotContact ?? known?.DoNotContact ?? false,
            ErasedAt = null,
        };
    }

    private static InvoiceEvent CreateEvent(Invoice invoice, Customer customer, Invoice? known, DateTimeOffset now)
    {
        var owedBefore = known?.OpenAmount;
        return new(now, known is null ? EventKind.Accepted : EventKind.Updated)
        {
            By = invoice.Source,
            Owed = invoice.OpenAmount,
            OwedBefore = owedBefore == invoice.OpenAmount ? null : owedBefore,
            Date = invoice.DueDate,
            Reason = invoice.Document.DueDateIsDefault ? EventReason.DefaultTerms : null,
            Step = invoice.Dunning.Next?.Step,
            // It was too late for it when the invoice arrived.
            SkippedSteps = known is null && invoice.Dunning.MissedStep is { } missed ? [missed] : null,
            Block = invoice.Dunning.Next is null && !customer.CanBeReached ? DunningBlock.NoAddress : null,
        };
    }
}
