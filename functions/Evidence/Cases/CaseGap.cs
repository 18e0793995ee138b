using System.Globalization;
using Dunning.Html;
using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <param name="Invoice">The number of the invoice; null where the whole pack is meant.</param>
/// <param name="Name">Of the file, the message or the law; or what is wrong.</param>
internal sealed record CaseGap(CaseGapCode Code, string? Invoice, string? Name = null, DateOnly? Date = null)
{
    /// <summary>Everything that was looked for and is not there, invoice by invoice.</summary>
    public static IReadOnlyList<CaseGap> Find(CustomerCase read) =>
        [
            .. read.Invoices.Count == 0 && read.Customer.ErasedAt is { } erasedAt
                ? [new CaseGap(CaseGapCode.Erased, Invoice: null, Date: DayOf(erasedAt))]
                : (IEnumerable<CaseGap>)[],
            .. read.Invoices.SelectMany(Of),
        ];

    public string InWords(PageWords words)
    {
        var text = words.Plain(
            $"evidenceGap.{PageWords.CodeOf(Code)}",
            ("name", Name ?? ""),
            ("date", Date ?? default)
        );
        return Invoice is null ? text : $"{Invoice}{words.Colon}{text}";
    }

    private static IEnumerable<CaseGap> Of(InvoiceCase one)
    {
        var number = one.Invoice.Document.Number;
        if (one.Invoice.IsUncertain)
            yield return new CaseGap(CaseGapCode.CustomerUncertain, number);
        if (one.Invoice.ErasedAt is { } erasedAt)
            yield return new CaseGap(CaseGapCode.Erased, number, Date: DayOf(erasedAt));
        foreach (var gap in OfDocuments(one, number).Concat(OfMessages(one, number)).Concat(OfLaw(one, number)))
            yield return gap;
        var check = one.Chain.Check();
        if (check.Unchained > 0)
            yield return new CaseGap(
                CaseGapCode.Unchained,
                number,
                check.Unchained.ToString(CultureInfo.InvariantCulture)
            );
        foreach (var problem in check.Problems)
            yield return new CaseGap(CaseGapCode.Chain, number, ChainProblemText.Of(problem));
    }

    /// <summary>Of erased data nothing is known any more: they are one gap.</summary>
    private static IEnumerable<CaseGap> OfDocuments(InvoiceCase one, string number)
    {
        if (one.Invoice.ErasedAt is not null)
            yield break;
        (DocumentType Type, CaseGapCode Code)[] wanted =
        [
            (DocumentType.Invoice, CaseGapCode.NoInvoiceDocument),
            (DocumentType.Contract, CaseGapCode.NoContract),
            (DocumentType.Quote, CaseGapCode.NoOrder),
            (DocumentType.DeliveryNote, CaseGapCode.NoDeliveryNote),
        ];
        foreach (var (type, code) in wanted)
        {
            if (!one.Documents.Any(file => file.Document.Type == type))
                yield return new CaseGap(code, number);
        }
        foreach (var file in one.Documents.Where(file => file.Content is null))
            yield return new CaseGap(CaseGapCode.DocumentNotStored, number, file.Document.Name);
    }

    private static IEnumerable<CaseGap> OfMessages(InvoiceCase one, string number)
    {
        foreach (var message in one.Messages.Where(message => message.WasSent))
        {
            var (name, day) = (message.Given.Notice?.Value, DayOf(message.Given.At));
            if (message.Archived is null)
                yield return new CaseGap(
                    one.Invoice.ErasedAt is null ? CaseGapCode.MessageMissing : CaseGapCode.MessageErased,
                    number,
                    name,
                    day
                );
            foreach (var lost in message.LostFiles)
                yield return new CaseGap(CaseGapCode.AttachmentMissing, number, lost, day);
            if (message is { DeliveredAt: null, IsToCustomer: true })
                yield return new CaseGap(CaseGapCode.NotProven, number, name, day);
        }
    }

    private static IEnumerable<CaseGap> OfLaw(InvoiceCase one, string number)
    {
        if (one.Charges.Law.Jurisdiction is not { } law)
            yield return new CaseGap(CaseGapCode.LawUnknown, number);
        else if (!law.IsVerified)
            yield return new CaseGap(CaseGapCode.LawNotVerified, number, law.Code);
        else if (one.Charges.Possible.Any(charge => charge.WhyNot is NotChargedReason.KindUnknown))
            yield return new CaseGap(CaseGapCode.KindUnknown, number);
        if (one.Charges.Interest?.UnknownFrom is { } unknown)
            yield return new CaseGap(CaseGapCode.RateUnknown, number, Date: unknown);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
