using Dunning.Configuration;
using Dunning.Html;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;

namespace Dunning.Evidence.Cases;

/// <summary>Makes the answer to a request for a pack.</summary>
public sealed class EvidencePacks
{
    private static readonly string _version = typeof(EvidencePacks).Assembly.GetName().Version!.ToString(3);

    private readonly EvidenceReader _reader;
    private readonly SummaryRenderer _renderer;
    private readonly IManifestSigner _signer;
    private readonly CreditorOptions _creditor;
    private readonly DunningRules _rules;

    internal EvidencePacks(
        EvidenceReader reader,
        SummaryRenderer renderer,
        IManifestSigner signer,
        CreditorOptions creditor,
        DunningRules rules
    ) => (_reader, _renderer, _signer, _creditor, _rules) = (reader, renderer, signer, creditor, rules);

    /// <param name="subject">The number of the invoice; null for a pack of the whole customer.</param>
    internal async Task<IResult> AnswerAsync(
        Customer customer,
        IReadOnlyList<Invoice> invoices,
        string? subject,
        CancellationToken cancellationToken
    )
    {
        EvidenceKey key;
        try
        {
            // Before all else is read: without a key there is no pack.
            key = await _signer.GetPublicKeyAsync(cancellationToken);
        }
        catch (EvidenceKeyException failure)
        {
            return EvidenceAnswer.Refused(failure);
        }
        var isWhole = subject is null;
        if (await _reader.ReadAsync(customer, invoices, isWhole, cancellationToken) is not { } read)
            return EvidenceAnswer.TooLarge;
        var language = Language.For(_creditor.Language);
        var words = new PageWords(language, language.Dashboard, _rules.CreditorTimeZone);
        var gaps = CaseGap.Find(read);
        var page = await _renderer.RenderAsync(CaseSummary.Create(read, gaps, words, _creditor), words);
        return new EvidenceAnswer(
            EvidenceAnswer.FileNameOf(subject ?? customer.Id.ToString(), _rules.CreditorToday(read.Now)),
            Contents(read, gaps, words),
            CaseFiles.Create(read, isWhole, page),
            _signer,
            key
        );
    }

    private static PackContents Contents(CustomerCase read, IReadOnlyList<CaseGap> gaps, PageWords words) =>
        new(
            _version,
            read.Now,
            new EvidenceSubject(
                read.Customer.Id.ToString(),
                [.. read.Invoices.Select(one => one.Invoice.Id.ToString())]
            ),
            [.. gaps.Select(gap => gap.InWords(words))],
            [
                .. from one in read.Invoices
                let head = one.Chain.Head
                where head is not null
                select new ManifestChain(one.Invoice.Id.ToString(), head.Number, head.Link),
            ]
        );
}
