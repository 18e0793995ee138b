using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>What the law asks of a letter of the last steps about one claim on one day.</summary>
/// <param name="Deadline">The last day to pay or to object, which the letter names.</param>
internal sealed record FormalLetter(DateOnly Deadline)
{
    private static readonly IReadOnlyDictionary<ContentItem, DocumentType> _enclosures = new Dictionary<
        ContentItem,
        DocumentType
    >
    {
        [ContentItem.EnclosedInformationSheet] = DocumentType.InformationSheet,
        [ContentItem.EnclosedReplyForm] = DocumentType.ReplyForm,
        [ContentItem.EnclosedFinancialStatement] = DocumentType.FinancialStatement,
    };

    /// <summary>Null for a letter that may be sent.</summary>
    public LetterRefusal? WhyNot { get; private init; }

    /// <summary>The country's rule about a letter before collection; null where none is known.</summary>
    public CollectionNoticeRule? Rule { get; private init; }

    /// <summary>The documents of the invoice that must be attached.</summary>
    public IReadOnlyList<DocumentType> Enclosures =>
        [.. (Rule?.RequiredContent ?? []).Where(_enclosures.ContainsKey).Select(item => _enclosures[item])];

    /// <summary>The claim as it stands once the letter was sent.</summary>
    public Invoice Sent(DunningContext context, Invoice invoice, Step step, NoticeId by) =>
        step.Tone switch
        {
            NoticeTone.CollectionNotice => invoice with
            {
                Dunning = invoice.Dunning with
                {
                    CollectionNotice = new CollectionNoticeSent(by, context.Today, Deadline),
                },
            },
            // A report that stands has to be withdrawn: it is not forgotten.
            NoticeTone.CreditReport when invoice.Dunning.CreditReport is not { Stands: true } => invoice with
            {
                Dunning = invoice.Dunning with { CreditReport = new CreditReport(by, step.Agency!, Deadline) },
            },
            _ => invoice,
        };

    /// <param name="step">With a tone that is formal.</param>
    public static FormalLetter Of(DunningContext context, Invoice invoice, Step step)
    {
        var law = ApplicableLaw.Of(context, invoice);
        var byPolicy = context.Today.AddDays(step.PayByDays ?? 0);
        return step.Tone switch
        {
            NoticeTone.CollectionNotice => OfCollection(context, invoice, law, byPolicy),
            NoticeTone.CreditReport => OfReport(context, invoice, law, byPolicy),
            _ => new FormalLetter(context.Following(byPolicy)),
        };
    }

    /// <summary>Where no law is known, nothing is laid down: the policy's days count.</summary>
    private static FormalLetter OfCollection(
        DunningContext context,
        Invoice invoice,
        ApplicableLaw law,
        DateOnly byPolicy
    )
    {
        var choice = law.Jurisdiction?.CollectionNoticeFor(law.Kind, context.Today);
        if (choice?.Rule is not { } rule)
            return new FormalLetter(context.Following(byPolicy))
            {
                WhyNot = choice?.WhyNot is NotChargedReason.KindUnknown ? LetterRefusal.KindUnknown : null,
            };
        var byLaw = CollectionNotice.EarliestDeadline(rule, context.Today, context.IsHoliday);
        var letter = new FormalLetter(context.Following(byLaw > byPolicy ? byLaw.Value : byPolicy)) { Rule = rule };
        var stored = invoice
            .SupportingDocuments.Where(document => document.State is DocumentState.Stored)
            .Select(document => document.Type);
        return letter.Enclosures.Except(stored).Any()
            ? letter with
            {
                WhyNot = LetterRefusal.EnclosuresMissing,
            }
            : letter;
    }

    private static FormalLetter OfReport(DunningContext context, Invoice invoice, ApplicableLaw law, DateOnly byPolicy)
    {
        var choice = law.Jurisdiction?.CreditReportFor(law.Kind, context.Today);
        if (choice?.Rule is not { } rule)
            return new FormalLetter(byPolicy)
            {
                WhyNot =
                    choice?.WhyNot is NotChargedReason.KindUnknown
                        ? LetterRefusal.KindUnknown
                        : LetterRefusal.LawUnknown,
            };
        var byLaw = context.Today.AddDays(rule.NoticeDays);
        return new FormalLetter(context.Following(byLaw > byPolicy ? byLaw : byPolicy))
        {
            WhyNot = rule.WhyNot(invoice, context.Today),
        };
    }
}
