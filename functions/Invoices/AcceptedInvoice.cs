using System.Security.Cryptography;
using System.Text.Json;
using Dunning.Documents;
using Dunning.Invoices.Formats;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>The invoice that a document leads to: new, or changed and on its schedule.</summary>
internal static class AcceptedInvoice
{
    /// <param name="hash">See <see cref="HashOf"/>.</param>
    public static Invoice Create(DunningContext context, InvoiceDocument document, StoredInvoice stored, string hash)
    {
        var known = stored.Known is { } before ? UnderPolicy(context, document, before.Value) : null;
        var merged = Merge(context, document, known, stored, hash);
        if (stored.IsUncertain)
            merged = merged.WithHold(
                new(HoldReason.CustomerUncertain, context.Now, Until: null) { CustomerChoices = stored.Match!.Choices }
            );
        var marks = merged.Payments.PendingPayments.Union(stored.AwaitingPayments);
        merged = merged with { Payments = merged.Payments with { PendingPayments = [.. marks] } };
        var scheduled = Close(
            PlaceOnSchedule(context, merged, known, document),
            document,
            stored.ReplacedBy,
            context.Now
        );
        var invoice = Schedule.Recalculate(context, AmountRaise.Note(context, scheduled, known, document.ChangeReason));
        // Of an erased invoice only amounts, dates and state are updated; other data stay erased.
        return stored.IsErased ? Erasure.Erase(invoice, known!.ErasedAt!.Value) : invoice;
    }

    /// <summary>Equal for the same document; of all its fields, in their order.</summary>
    public static string HashOf(InvoiceDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, Rows.Json)));

    /// <summary>
    /// An invoice keeps the policy version with which it was accepted, unless the document names another policy: then
    /// it goes on with the newest version of that one.
    /// </summary>
    private static Invoice UnderPolicy(DunningContext context, InvoiceDocument document, Invoice known) =>
        document.Dunning?.Policy is { } named && named != known.Dunning.Policy.Name
            ? PolicyMove.Move(context, known, context.Rules.Policies.Newest(named))
            : known;

    /// <summary>The one that was named to the customer stays, whatever the policy says since.</summary>
    private static DateOnly DefaultDueDate(InvoiceDocument document, Invoice? known, Policy policy) =>
        known?.Document is { DueDateIsDefault: true } said && said.IssueDate == document.IssueDate
            ? said.DueDate
            : document.IssueDate.AddDays(policy.TermsDays);

    private static Invoice Merge(
        DunningContext context,
        InvoiceDocument document,
        Invoice? known,
        StoredInvoice stored,
        string hash
    )
    {
        var (_, rules, now) = context;
        var policy = known is not null
            ? rules.Policies.Of(known)
            : rules.Policies.Newest(
                document.Dunning?.Policy ?? PolicyOf(context, document.AmountDue, stored.Behaviour)
            );
        // Status "paid" means that nothing is owed, even if the document still carries an amount.
        var owed = document.Status is SourceStatus.Paid ? Money.Zero(document.AmountDue.Currency) : document.AmountDue;
        var due =
            document.DueDate
            ?? document.Instalments?.Max(part => part.DueDate)
            ?? DefaultDueDate(document, known, policy);
        var said = DocumentOf(document, known?.Document, owed, due, hash);
        var dunning = known?.Dunning ?? new() { Policy = policy.Key, ScheduleStart = due };
        var payments = PaymentsOf(known, owed, policy, document.Collection);
        var agreements = AgreementsOf(document, known);
        var files = FilesOf(document, stored.Id);
        var invoice = known is null
            ? new Invoice
            {
                Id = stored.Id,
                Source = document.Source,
                ExternalId = document.ExternalId,
                AcceptedAt = now,
                Document = said,
                SupportingDocuments = files,
                Dunning = dunning,
                Payments = payments,
                Agreements = agreements,
            }
            : known with
            {
                Document = said,
                SupportingDocuments = files,
                Dunning = dunning,
                Payments = payments,
                Agreements = agreements,
            };
        if (
            known is null
            && document.Dunning is { WhenOverdue: OverdueStart.Hold, PausedUntil: null } instruction
            && due < context.Today
        )
            return invoice.WithHold(
                new Hold(HoldReason.PausedBySource, now, Until: null) { Text = instruction.Reason }
            );
        return invoice.WithHold(HoldOf(document, known, now));
    }

    /// <summary>
    /// What is inside the document is stored before the invoice is; what has an address is fetched, also again when the
    /// invoice has changed, because its file may have changed with it.
    /// </summary>
    private static IReadOnlyList<SupportingDocument> FilesOf(InvoiceDocument document, InvoiceId id)
    {
        IEnumerable<DocumentSource> files = document.Documents ?? [];
        if (document.DocumentUrl is { } url)
            files = files.Prepend(new(DocumentType.Invoice, FileNames.Clean($"{document.Number}.pdf"), url));
        return
        [
            .. files
                .DistinctBy(file => file.Url ?? file.Sha256)
                .Take(SupportingDocument.MaxCount)
                .Select(file => new SupportingDocument(file.Type, file.Name)
                {
                    Url = file.Url,
                    BlobName = file.Sha256 is { } hash ? SupportingDocument.BlobNameOf(id, hash) : null,
                    ContentType = file.ContentType,
                    Sha256 = file.Sha256,
                    Size = file.Content.Length,
                }),
        ];
    }

    /// <summary>
    /// The policy that a person chose for the customer, if there still is one of that name; else one that is for the
    /// customer's group, how the customer pays or the amount.
    /// </summary>
    private static string PolicyOf(DunningContext context, Money amount, PayerBehaviour? behaviour) =>
        context.Customer.Policy is { } chosen && context.Rules.Policies.Has(chosen)
            ? chosen
            : context.Rules.Policies.NameFor(context.Customer, amount, behaviour);

    /// <summary>
    /// The parts that the document names. A plan that was agreed later stays, and so do milestones that were reached.
    /// </summary>
    private static Agreements AgreementsOf(InvoiceDocument document, Invoice? known)
    {
        var agreed = known?.Agreements ?? new();
        if (agreed.Plan is { Id: not null } || agreed.IsPlanEnded)
            return agreed;
        if (document.Instalments is not { } instalments)
            return agreed with { Plan = null };
        return known?.Document.Instalments.SequenceEqual(instalments) is true && agreed.Plan is not null
            ? agreed
            : agreed with
            {
                Plan = PaymentPlan.Of(WithReached(instalments, agreed.Plan)),
            };
    }

    /// <summary>A milestone that was reported stays reached.</summary>
    private static IReadOnlyList<Instalment> WithReached(IReadOnlyList<Instalment> instalments, PaymentPlan? known) =>
        [
            .. instalments.Select(
                (part, i) =>
                    known?.Parts.FirstOrDefault(p => p.Number == i + 1 && p.Milestone == part.Milestone)
                        is { Milestone: not null, DueDate: { } reached }
                        ? part with
                        {
                            DueDate = reached,
                        }
                        : part
            ),
        ];

    private static PaymentState PaymentsOf(Invoice? known, Money owed, Policy policy, CollectionTerms? collection) =>
        known is null
            ? new()
            {
                OriginalAmount = owed,
                Paid = Money.Zero(owed.Currency),
                PaidWhenSent = Money.Zero(owed.Currency),
                Tolerance = policy.ToleranceIn(owed.Currency),
            }
            : known.Payments with
            {
                OriginalAmount = Money.Max(known.Payments.OriginalAmount, owed),
                // A new attempt to collect it was announced.
                CollectionFailedAt = collection == known.Document.Collection ? known.Payments.CollectionFailedAt : null,
                PaidWhenSent = known.Payments.Paid + known.WrittenOff,
            };

    private static Document DocumentOf(
        InvoiceDocument document,
        Document? known,
        Money owed,
        DateOnly due,
        string hash
    ) =>
        new()
        {
            Number = document.Number,
            Kind = document.Kind,
            IssueDate = document.IssueDate,
            DueDate = due,
            DueDateIsDefault = document.DueDate is null && document.Instalments?.Max(part => part.DueDate) is null,
            AmountDue = owed,
            AmountTotal = document.AmountTotal,
            PaymentUrl = document.PaymentUrl,
            PaymentLinks = document.PaymentLinks ?? [],
            DocumentUrl = document.DocumentUrl,
            Bank = document.Payment,
            OrderReference = document.OrderReference,
            BuyerReference = document.BuyerReference,
            PaymentTermsText = document.PaymentTermsText,
            PrecedingInvoice = document.PrecedingInvoice,
            IsCorrection = document.IsCorrection is true,
            IsRetainer = document.IsRetainer is true,
            ChangeReason = document.ChangeReason,
            Discounts = document.Discounts ?? [],
            Taxes = document.Taxes ?? [],
            Instalments = document.Instalments ?? [],
            Collection = document.Collection,
            Lines = [.. document.Lines.Take(InvoiceLine.MaxStored)],
            Tags = document.Tags,
            Metadata = document.Metadata,
            Hash = hash,
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
    private static Invoice PlaceOnSchedule(
        DunningContext context,
        Invoice invoice,
        Invoice? known,
        InvoiceDocument document
    )
    {
        if (known is not null && known.DueDate == invoice.DueDate)
            return invoice;
        var today = context.Today;
        if (known is null && document.Dunning?.WhenOverdue is OverdueStart.AtStepDue)
            return Schedule.StartAtStepDue(context, invoice);
        if (
            known is not null
            && invoice.DueDate <= today
            && context.PolicyOf(invoice).Find(known.Dunning.Step) is { IsUpcoming: false }
        )
            return invoice with
            {
                Dunning = invoice.Dunning with
                {
                    ScheduleStart = known.Dunning.ScheduleStart.AddDays(
                        invoice.DueDate.DayNumber - known.DueDate.DayNumber
                    ),
                },
            };
        return Schedule.Restart(context, invoice);
    }

    private static Invoice Close(Invoice invoice, InvoiceDocument document, InvoiceId? replacedBy, DateTimeOffset now)
    {
        ClosedAs? closed = document switch
        {
            { Kind: InvoiceKind.CreditNote, Status: not SourceStatus.Void } => ClosedAs.Credited,
            _ when replacedBy is not null => ClosedAs.Replaced,
            { Kind: InvoiceKind.NoClaim } => ClosedAs.NoClaim,
            { Status: SourceStatus.Void } => ClosedAs.Void,
            { Status: SourceStatus.WrittenOff } => ClosedAs.WrittenOff,
            { Status: SourceStatus.Paid } => ClosedAs.Settled,
            _ => invoice.OpenAmount.IsPositive ? null : ClosedAs.Settled,
        };
        // A document cannot reopen an invoice that a person or a payment provider has voided or written off.
        if (invoice.Closed is { As: ClosedAs.Replaced })
            return invoice;
        if (invoice.Closed is { As: ClosedAs.Void or ClosedAs.WrittenOff } final && final.By is not ClosedBy.Source)
            return invoice;
        if (document.Status is SourceStatus.Open && invoice.Dunning.Dispute?.Reason is DisputeReason.ReportedBySource)
            invoice = invoice.Dunning.Hold is null ? invoice.Unpaused(now) : invoice.WithDispute(null);
        if (document.Status is SourceStatus.Disputed && invoice.Dunning.Dispute is null)
            invoice = invoice.WithDispute(new(DisputeReason.ReportedBySource, now));
        return invoice with
        {
            Closed =
                closed is not { } closedAs ? null
                : invoice.Closed is { } existing && existing.As == closedAs ? existing
                : new Closed(closedAs, now, ClosedBy.Source) { ReplacedBy = replacedBy },
        };
    }
}
