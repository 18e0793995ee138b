using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>What the law asks of a formal letter about one invoice that is sent on one day.</summary>
/// <param name="Deadline">The last day to pay or to object, which the letter names.</param>
internal sealed record FormalLetter(Step Step, DateOnly SentOn, DateOnly Deadline)
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

    /// <summary>The earliest last day to pay that the law allows; null where it lays none down.</summary>
    public DateOnly? LegalDeadline { get; private init; }

    /// <summary>The country's rule about a pre-collection notice; null where none is known.</summary>
    public PreCollectionNoticeRule? Rule { get; private init; }

    /// <summary>The documents of the invoice that must be attached.</summary>
    public IReadOnlyList<DocumentType> Enclosures =>
        [.. (Rule?.RequiredContent ?? []).Where(_enclosures.ContainsKey).Select(item => _enclosures[item])];

    /// <summary>What is kept of it once it was sent; null for any other letter.</summary>
    public PreCollectionNoticeSent? ToNotice(NoticeId by) =>
        Step.Tone is NoticeTone.PreCollectionNotice ? new(by, SentOn, Deadline) : null;

    /// <inheritdoc cref="ToNotice"/>
    public CreditReport? ToReport(NoticeId by) =>
        Step is { Tone: NoticeTone.CreditReport, Agency: { } agency } ? new(by, agency, Deadline) : null;

    /// <returns>Null for a step whose message is no formal letter.</returns>
    public static FormalLetter? Of(DunningContext context, Invoice invoice, Step? step)
    {
        if (step?.Tone.IsFormal() is not true)
            return null;
        var law = ApplicableLaw.Of(context, invoice);
        return step.Tone switch
        {
            NoticeTone.PreCollectionNotice => OfPreCollection(context, invoice, step, law),
            NoticeTone.CreditReport => OfReport(context, invoice, step, law),
            _ => Create(context, step, byLaw: null),
        };
    }

    /// <param name="byLaw">The earliest last day that the law allows; null where it lays none down.</param>
    private static FormalLetter Create(DunningContext context, Step step, DateOnly? byLaw)
    {
        var byPolicy = context.Today.AddDays(step.PayByDays ?? 0);
        return new FormalLetter(
            step,
            context.Today,
            context.Following(byLaw is { } day && day > byPolicy ? day : byPolicy)
        )
        {
            LegalDeadline = byLaw,
        };
    }

    /// <summary>Where no law is known, nothing is laid down: the policy's days count.</summary>
    private static FormalLetter OfPreCollection(DunningContext context, Invoice invoice, Step step, ApplicableLaw law)
    {
        var choice = law.Jurisdiction?.PreCollectionNoticeFor(law.Kind, context.Today);
        if (choice?.Rule is not { } rule)
            return Create(context, step, byLaw: null) with
            {
                WhyNot = choice?.WhyNot is NotChargedReason.KindUnknown ? LetterRefusal.KindUnknown : null,
            };
        var byLaw = PreCollectionNotice.EarliestDeadline(rule, context.Today, context.IsHoliday);
        var letter = Create(context, step, byLaw) with { Rule = rule };
        var enclosed = invoice
            .SupportingDocuments.Where(document => letter.Enclosures.Contains(document.Type))
            .ToList();
        var stored = enclosed.Where(document => document.State is DocumentState.Stored);
        return letter with
        {
            WhyNot =
                letter.Enclosures.Except(stored.Select(document => document.Type)).Any()
                    ? LetterRefusal.EnclosuresMissing
                : enclosed.Sum(document => (long)document.Size) > SupportingDocument.MaxBytes
                    ? LetterRefusal.EnclosuresTooLarge
                : null,
        };
    }

    private static FormalLetter OfReport(DunningContext context, Invoice invoice, Step step, ApplicableLaw law)
    {
        var choice = law.Jurisdiction?.CreditReportFor(law.Kind, context.Today);
        if (choice?.Rule is not { } rule)
            return Create(context, step, byLaw: null) with
            {
                WhyNot =
                    choice?.WhyNot is NotChargedReason.KindUnknown
                        ? LetterRefusal.KindUnknown
                        : LetterRefusal.LawUnknown,
            };
        return Create(context, step, context.Today.AddDays(rule.NoticeDays)) with
        {
            WhyNot = rule.WhyNot(invoice, context.Today),
        };
    }
}
