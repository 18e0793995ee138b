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
/// What accepting a document changes. Pure: the same document and the same stored rows give the same result.
/// </summary>
/// <param name="Transaction">Null when nothing changes.</param>
/// <param name="Thanks">To be enqueued once the move is written; null for none.</param>
public sealed record IntakeDecision(
    IntakeOutcome Outcome,
    Invoice Invoice,
    Customer Customer,
    CustomerTransaction? Transaction,
    Notice? Thanks = null
)
{
    /// <summary>
    /// What reminds a customer of what it was for: forty invoices in one transaction must stay below 4 MiB.
    /// </summary>
    private const int MaxLines = 20;

    /// <summary>Nobody is asked for it any more, or for now: no reminder may follow the answer.</summary>
    public bool IsSilenced =>
        Customer.DoNotContact || Invoice is { Closed: not null } or { Dispute: not null } or { Hold: not null };

    /// <param name="account">The customer's rows; null for a new customer.</param>
    /// <param name="known">The invoice as it is stored, live or closed; null for a new one.</param>
    /// <param name="awaiting">
    /// Payments that came before the invoice and will be applied to it: nothing is sent before they are.
    /// </param>
    public static IntakeDecision Decide(
        InvoiceDocument document,
        InvoiceId id,
        CustomerAccount? account,
        Versioned<Invoice>? known,
        IReadOnlyList<string> awaiting,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var hash = HashOf(document);
        if (known is not null && account is not null)
        {
            if (document.UpdatedAt < known.Value.UpdatedAt)
                return new(IntakeOutcome.IgnoredStale, known.Value, account.Customer.Value, null);
            if (known.Value.DocumentHash == hash)
                return new(IntakeOutcome.Unchanged, known.Value, account.Customer.Value, null);
        }

        // Of an erased invoice amounts, dates and state go on; the rest, the customer too, stays erased. A new invoice
        // brings the customer back.
        var isErased = known is { Value.ErasedAt: not null } && account is not null;
        var customer = isErased ? account!.Customer.Value : Merge(account?.Customer.Value, document, id);
        var read = Read(document, id, hash, known?.Value, rules, now);
        var placed = Place(
            read with
            {
                PendingPayments = [.. read.PendingPayments.Union(awaiting)],
            },
            known?.Value,
            customer,
            rules,
            now
        );
        var renewed = Schedule.Recalculate(Close(placed, document, now), customer, rules, now);
        var invoice = isErased ? Erasure.Erase(renewed, known!.Value.ErasedAt!.Value) : renewed;
        var outcome = known is null ? IntakeOutcome.Created : IntakeOutcome.Updated;
        var transaction = new CustomerTransaction(id.Customer)
            .Save(account?.Customer, customer)
            .Save(known, invoice)
            .AddEvent(id, CreateEvent(outcome, invoice, customer, known?.Value, now));
        // Thanks are for what we asked for or would have: not for what was paid before we heard of it.
        var isPaid =
            document.Status is SourceStatus.Paid
            && known is { Value.Closed: null }
            && invoice.Closed is { As: ClosedAs.Settled };
        var thanks =
            isPaid && account is not null ? ThankYou.Add(transaction, invoice, account, customer, rules, now) : null;
        return new(outcome, invoice, customer, transaction, thanks);
    }

    private static Customer Merge(Customer? known, InvoiceDocument document, InvoiceId id)
    {
        var sent = document.Customer;
        return (known ?? new Customer { Id = id.Customer, Name = sent.Name }) with
        {
            Name = sent.Name,
            ExternalId = sent.ExternalId ?? known?.ExternalId,
            Email = sent.Email ?? known?.Email,
            Phone = sent.Phone ?? known?.Phone,
            Locale = sent.Locale ?? known?.Locale,
            TimeZone = sent.TimeZone ?? known?.TimeZone,
            Country = sent.Country ?? known?.Country,
            TaxId = sent.TaxId ?? known?.TaxId,
            Contacts = sent.Contacts.Count > 0 ? sent.Contacts : known?.Contacts ?? [],
            SuggestedEmail = sent.SuggestedEmail ?? known?.SuggestedEmail,
            DoNotContact = document.Dunning?.DoNotContact ?? known?.DoNotContact ?? false,
            ErasedAt = null,
        };
    }

    private static Invoice Read(
        InvoiceDocument document,
        InvoiceId id,
        string hash,
        Invoice? known,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        // An invoice keeps the version of the policy it started with unless it is moved to another policy.
        var policy =
            known is not null && (document.Dunning?.Policy ?? known.Policy.Name) == known.Policy.Name
                ? rules.Policies.Of(known)
                : rules.Policies.Newest(document.Dunning?.Policy ?? PolicyCatalog.Default);
        // What a source calls paid is owed no more, whatever amount it still carries.
        var owed = document.Status is SourceStatus.Paid ? Money.Zero(document.AmountDue.Currency) : document.AmountDue;
        var due = document.DueDate ?? document.IssueDate.AddDays(policy.TermsDays);
        return (
            known
            ?? new Invoice
            {
                Id = id,
                Source = document.Source,
                ExternalId = document.ExternalId,
                Number = document.Number,
                IssueDate = document.IssueDate,
                DueDate = due,
                ScheduleStart = due,
                AmountDue = owed,
                OriginalAmount = owed,
                Paid = Money.Zero(owed.Currency),
                PaidWhenSent = Money.Zero(owed.Currency),
                DocumentHash = hash,
                AcceptedAt = now,
                Policy = policy.Key,
                Tolerance = policy.ToleranceIn(owed.Currency),
            }
        ) with
        {
            Number = document.Number,
            Kind = document.Kind,
            IssueDate = document.IssueDate,
            DueDate = due,
            DueDateIsDefault = document.DueDate is null,
            AmountDue = owed,
            AmountTotal = document.AmountTotal,
            OriginalAmount = known is null ? owed : Money.Max(known.OriginalAmount, owed),
            PaidWhenSent = known?.Paid ?? Money.Zero(owed.Currency),
            PaymentUrl = document.PaymentUrl,
            DocumentUrl = document.DocumentUrl,
            Bank = document.Payment,
            OrderReference = document.OrderReference,
            BuyerReference = document.BuyerReference,
            PaymentTermsText = document.PaymentTermsText,
            PrecedingInvoice = document.PrecedingInvoice,
            Lines = [.. document.Lines.Take(MaxLines)],
            Tags = document.Tags,
            Metadata = document.Metadata,
            DocumentHash = hash,
            UpdatedAt = document.UpdatedAt ?? known?.UpdatedAt,
            Policy = known is not null && known.Policy.Name == policy.Name ? known.Policy : policy.Key,
            Hold = HoldOf(document, known, now),
        };
    }

    /// <summary>
    /// The sender's pause, unless a person's hold or an earlier pause to the same day stands already.
    /// </summary>
    private static Hold? HoldOf(InvoiceDocument document, Invoice? known, DateTimeOffset now) =>
        document.Dunning is { PausedUntil: { } until } dunning
        && until > DateOnly.FromDateTime(now.UtcDateTime)
        && known?.Hold is null or { Until: not null }
        && known?.Hold?.Until != until
            ? new Hold(dunning.Reason ?? "paused by the sender", known?.Hold?.Since ?? now, until)
            : known?.Hold;

    /// <summary>
    /// Starts the invoice on its schedule: steps before the due date that lie in the past already are not made up for.
    /// A due date that moves into the future starts the schedule anew; a small correction moves the schedule along.
    /// </summary>
    private static Invoice Place(
        Invoice invoice,
        Invoice? known,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        if (known is not null && known.DueDate == invoice.DueDate)
            return invoice;
        var today = rules.Today(customer, now);
        if (invoice.DueDate <= today && rules.Policies.Of(invoice).Find(known?.Step) is { IsUpcoming: false })
            return invoice with
            {
                ScheduleStart = known!.ScheduleStart.AddDays(invoice.DueDate.DayNumber - known.DueDate.DayNumber),
            };
        var placed = invoice with
        {
            ScheduleStart = DunningSchedule.StartOf(invoice, customer, rules, now),
            Step = null,
            Approved = null,
        };
        return placed with
        {
            Step = DunningSchedule.MissedAtStart(
                placed,
                customer,
                rules,
                rules.InstantOf(customer, today, TimeOnly.MinValue)
            ),
        };
    }

    private static Invoice Close(Invoice invoice, InvoiceDocument document, DateTimeOffset now)
    {
        ClosedAs? closed = document switch
        {
            { Kind: InvoiceKind.CreditNote } => ClosedAs.Credited,
            { Status: SourceStatus.Void } => ClosedAs.Void,
            { Status: SourceStatus.WrittenOff } => ClosedAs.WrittenOff,
            { Status: SourceStatus.Paid } => ClosedAs.Settled,
            _ => invoice.OpenAmount.IsPositive ? null : ClosedAs.Settled,
        };
        var bySource = $"reported by {invoice.Source}";
        // What a person or a payment provider has closed for good, no copy of the document opens again.
        if (invoice.Closed is { As: ClosedAs.Void or ClosedAs.WrittenOff } final && final.Reason != bySource)
            return invoice;
        if (document.Status is SourceStatus.Open && invoice.Dispute?.Reason == bySource)
            invoice = invoice.Hold is null ? invoice.Unpaused(now) : invoice with { Dispute = null };
        return invoice with
        {
            Closed =
                closed is not { } how ? null
                : invoice.Closed is { } already && already.As == how ? already
                : new Closed(how, now, bySource),
            Dispute =
                document.Status is SourceStatus.Disputed
                    ? invoice.Dispute ?? new Dispute(bySource, now)
                    : invoice.Dispute,
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
        var kind = outcome is IntakeOutcome.Created ? EventKind.Accepted : EventKind.Updated;
        var owed =
            known is not null && known.OpenAmount != invoice.OpenAmount
                ? $"{invoice.OpenAmount} owed instead of {known.OpenAmount}"
                : $"{invoice.OpenAmount} owed";
        var terms = invoice.DueDateIsDefault ? " (default terms)" : "";
        var next =
            invoice.Next is { } step ? $"next step '{step.Step}'"
            : customer.CanBeReached ? "no step to come"
            : "no contact: nothing can be sent";
        return new(now, kind, $"{kind} from {invoice.Source}: {owed}, due {invoice.DueDate:yyyy-MM-dd}{terms}; {next}");
    }

    private static string HashOf(InvoiceDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, Rows.Json)));
}
