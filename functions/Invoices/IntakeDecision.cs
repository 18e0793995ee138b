using System.Security.Cryptography;
using System.Text.Json;
using Dunning.Invoices.Formats;
using Dunning.Policies;
using Dunning.Receivables;
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
        var (id, account, known) = stored;
        var match = stored.Match;
        if (known is not null && account is not null)
        {
            if (document.UpdatedAt < known.Value.Document.UpdatedAt)
                return new(IntakeOutcome.IgnoredStale, known.Value, account.Customer.Value, null);
            if (known.Value.Document.Hash == HashOf(document))
                return new(IntakeOutcome.Unchanged, known.Value, account.Customer.Value, null);
        }

        // For an erased invoice only amounts, dates and state are updated; other data and the customer stay erased. A
        // new invoice stores the customer's data again.
        var isErased = known is { Value.ErasedAt: not null } && account is not null;
        var customer =
            isErased || match is { IsMerged: true } && account is not null
                ? account!.Customer.Value
                : MergeCustomer(account?.Customer.Value, document, id);
        var context = new DunningContext(customer, rules, now);
        var merged = MergeInvoice(context, document, id, known?.Value);
        var isUncertain = known is null && match is { Choices.Count: > 0 };
        if (isUncertain)
            merged = merged with
            {
                Dunning = merged.Dunning with
                {
                    Hold = new Hold(HoldReason.CustomerUncertain, now, Until: null)
                    {
                        CustomerChoices = match!.Choices,
                    },
                },
            };
        var scheduled = PlaceOnSchedule(
            context,
            merged with
            {
                Payments = merged.Payments with
                {
                    PendingPayments = [.. merged.Payments.PendingPayments.Union(stored.AwaitingPayments)],
                },
            },
            known?.Value
        );
        var recalculated = Schedule.Recalculate(context, Close(scheduled, document, now));
        var invoice = isErased ? Erasure.Erase(recalculated, known!.Value.ErasedAt!.Value) : recalculated;
        var outcome = known is null ? IntakeOutcome.Created : IntakeOutcome.Updated;
        var transaction = new CustomerTransaction(id.Customer)
            .Save(account?.Customer, customer)
            .Save(known, invoice)
            .AddEvent(id, CreateEvent(outcome, invoice, customer, known?.Value, now));
        if (invoice.Document.Bank is { IsUnusable: true } && known?.Value.Document.Bank is not { IsUnusable: true })
            transaction.AddEvent(id, new(now, EventKind.TaskForPerson) { Reason = EventReason.UnusableAccount });
        if (isUncertain)
            transaction.AddEvent(id, new(now, EventKind.TaskForPerson) { Reason = EventReason.CustomerUncertain });
        // No thank-you notice for an invoice that was already paid when it was accepted.
        var isPaid =
            document.Status is SourceStatus.Paid
            && known is { Value.Closed: null }
            && invoice.Closed is { As: ClosedAs.Settled };
        if (isPaid && account is not null)
            ThankYou.Add(transaction, context, invoice, account);
        return new(outcome, invoice, customer, transaction) { Warnings = known is null ? match?.Warnings ?? [] : [] };
    }

    private static Customer MergeCustomer(Customer? known, InvoiceDocument document, InvoiceId id)
    {
        var sent = document.Customer;
        var removed = sent.Removed;
        // A field that is absent keeps its value; one that the source has emptied must not be used any longer.
        T? Kept<T>(T? value, CustomerField field)
            where T : class => removed.Contains(field) ? null : value;
        return (known ?? new Customer { Id = id.Customer, Name = sent.Name }) with
        {
            Name = sent.Name,
            NameKey = Ids.NameKey(document.Source, sent.Name),
            ExternalId = sent.ExternalId ?? known?.ExternalId,
            Email = sent.Email ?? Kept(known?.Email, CustomerField.Email),
            Phone = sent.Phone ?? Kept(known?.Phone, CustomerField.Phone),
            Locale = sent.Locale ?? Kept(known?.Locale, CustomerField.Locale),
            TimeZone = sent.TimeZone ?? Kept(known?.TimeZone, CustomerField.TimeZone),
            Country = sent.Country ?? Kept(known?.Country, CustomerField.Country),
            TaxId = sent.TaxId ?? Kept(known?.TaxId, CustomerField.TaxId),
            Address = sent.Address ?? Kept(known?.Address, CustomerField.Address),
            Contacts = sent.Contacts.Count > 0 ? sent.Contacts : Kept(known?.Contacts, CustomerField.Contacts) ?? [],
            SuggestedEmail = sent.SuggestedEmail ?? known?.SuggestedEmail,
            DoNotContact = document.Dunning?.DoNotContact ?? known?.DoNotContact ?? false,
            ErasedAt = null,
        };
    }

    private static Invoice MergeInvoice(DunningContext context, InvoiceDocument document, InvoiceId id, Invoice? known)
    {
        var (_, rules, now) = context;
        // An invoice keeps the policy version with which it was accepted, unless the document names another policy.
        var kept =
            known is not null && (document.Dunning?.Policy ?? known.Dunning.Policy.Name) == known.Dunning.Policy.Name
                ? known
                : null;
        var policy = kept is not null
            ? rules.Policies.Of(kept)
            : rules.Policies.Newest(document.Dunning?.Policy ?? PolicyCatalog.Default);
        // Status "paid" means that nothing is owed, even if the document still carries an amount.
        var owed = document.Status is SourceStatus.Paid ? Money.Zero(document.AmountDue.Currency) : document.AmountDue;
        var due = document.DueDate ?? document.IssueDate.AddDays(policy.TermsDays);
        var nothing = Money.Zero(owed.Currency);
        var said = DocumentOf(document, known?.Document, owed, due);
        var dunning = (known?.Dunning ?? new() { Policy = policy.Key, ScheduleStart = due }) with
        {
            Policy = kept?.Dunning.Policy ?? policy.Key,
            Hold = HoldOf(document, known, now),
        };
        var payments = known is null
            ? new()
            {
                OriginalAmount = owed,
                Paid = nothing,
                PaidWhenSent = nothing,
                Tolerance = policy.ToleranceIn(owed.Currency),
            }
            : known.Payments with
            {
                OriginalAmount = Money.Max(known.Payments.OriginalAmount, owed),
                PaidWhenSent = known.Payments.Paid,
            };
        return known is null
            ? new Invoice
            {
                Id = id,
                Source = document.Source,
                ExternalId = document.ExternalId,
                AcceptedAt = now,
                Document = said,
                Dunning = dunning,
                Payments = payments,
            }
            : known with
            {
                Document = said,
                Dunning = dunning,
                Payments = payments,
            };
    }

    private static Document DocumentOf(InvoiceDocument document, Document? known, Money owed, DateOnly due) =>
        new()
        {
            Number = document.Number,
            Kind = document.Kind,
            IssueDate = document.IssueDate,
            DueDate = due,
            DueDateIsDefault = document.DueDate is null,
            AmountDue = owed,
            AmountTotal = document.AmountTotal,
            PaymentUrl = document.PaymentUrl,
            DocumentUrl = document.DocumentUrl,
            Bank = document.Payment,
            OrderReference = document.OrderReference,
            BuyerReference = document.BuyerReference,
            PaymentTermsText = document.PaymentTermsText,
            PrecedingInvoice = document.PrecedingInvoice,
            Lines = [.. document.Lines.Take(InvoiceLine.MaxStored)],
            Tags = document.Tags,
            Metadata = document.Metadata,
            Hash = HashOf(document),
            UpdatedAt = document.UpdatedAt ?? known?.UpdatedAt,
        };

    /// <summary>
    /// The pause of the document, unless a person's hold without an end or a pause until the same day exists already.
    /// </summary>
    private static Hold? HoldOf(InvoiceDocument document, Invoice? known, DateTimeOffset now) =>
        document.Dunning is { PausedUntil: { } until } dunning
        && until > DateOnly.FromDateTime(now.UtcDateTime)
        && known?.Dunning.Hold is null or { Until: not null }
        && known?.Dunning.Hold?.Until != until
            ? new Hold(HoldReason.PausedBySource, known?.Dunning.Hold?.Since ?? now, until) { Text = dunning.Reason }
            : known?.Dunning.Hold;

    /// <summary>
    /// Places the invoice on its schedule. Steps before the due date that lie in the past are skipped. A due date that
    /// moves into the future restarts the schedule; once dunning has begun, a due date that stays in the past shifts
    /// the schedule by the same number of days.
    /// </summary>
    private static Invoice PlaceOnSchedule(DunningContext context, Invoice invoice, Invoice? known)
    {
        if (known is not null && known.Document.DueDate == invoice.Document.DueDate)
            return invoice;
        var today = context.Today;
        if (
            invoice.Document.DueDate <= today
            && context.PolicyOf(invoice).Find(known?.Dunning.Step) is { IsUpcoming: false }
        )
            return invoice with
            {
                Dunning = invoice.Dunning with
                {
                    ScheduleStart = known!.Dunning.ScheduleStart.AddDays(
                        invoice.Document.DueDate.DayNumber - known.Document.DueDate.DayNumber
                    ),
                },
            };
        var placed = invoice with
        {
            Dunning = invoice.Dunning with
            {
                ScheduleStart = DunningSchedule.StartOf(context, invoice),
                Step = null,
                Approved = null,
            },
        };
        var midnight = context.InstantOf(today, TimeOnly.MinValue);
        return placed.AtStep(DunningSchedule.MissedAtStart(context with { Now = midnight }, placed));
    }

    private static Invoice Close(Invoice invoice, InvoiceDocument document, DateTimeOffset now)
    {
        ClosedAs? closed = document switch
        {
            { Kind: InvoiceKind.CreditNote } => ClosedAs.Credited,
            { Kind: InvoiceKind.NoClaim } => ClosedAs.NoClaim,
            { Status: SourceStatus.Void } => ClosedAs.Void,
            { Status: SourceStatus.WrittenOff } => ClosedAs.WrittenOff,
            { Status: SourceStatus.Paid } => ClosedAs.Settled,
            _ => invoice.OpenAmount.IsPositive ? null : ClosedAs.Settled,
        };
        // A document cannot reopen an invoice that a person or a payment provider has voided or written off.
        if (invoice.Closed is { As: ClosedAs.Void or ClosedAs.WrittenOff } final && final.By is not ClosedBy.Source)
            return invoice;
        if (document.Status is SourceStatus.Open && invoice.Dunning.Dispute?.Reason is DisputeReason.ReportedBySource)
            invoice = invoice.Dunning.Hold is null
                ? invoice.Unpaused(now)
                : invoice with
                {
                    Dunning = invoice.Dunning with { Dispute = null },
                };
        return invoice with
        {
            Dunning = invoice.Dunning with
            {
                Dispute =
                    document.Status is SourceStatus.Disputed
                        ? invoice.Dunning.Dispute ?? new Dispute(DisputeReason.ReportedBySource, now)
                        : invoice.Dunning.Dispute,
            },
            Closed =
                closed is not { } closedAs ? null
                : invoice.Closed is { } existing && existing.As == closedAs ? existing
                : new Closed(closedAs, now, ClosedBy.Source),
        };
    }

    private static InvoiceEvent CreateEvent(
        IntakeOutcome outcome,
        Invoice invoice,
        Customer customer,
        Invoice? known,
        DateTimeOffset now
    )
    {
        var owedBefore = known?.OpenAmount;
        return new(now, outcome is IntakeOutcome.Created ? EventKind.Accepted : EventKind.Updated)
        {
            By = invoice.Source,
            Owed = invoice.OpenAmount,
            OwedBefore = owedBefore == invoice.OpenAmount ? null : owedBefore,
            Date = invoice.Document.DueDate,
            Reason = invoice.Document.DueDateIsDefault ? EventReason.DefaultTerms : null,
            Step = invoice.Dunning.Next?.Step,
            Block = invoice.Dunning.Next is null && !customer.CanBeReached ? DunningBlock.NoAddress : null,
        };
    }

    private static string HashOf(InvoiceDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, Rows.Json)));
}
