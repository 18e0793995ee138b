using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Wordings;

/// <summary>
/// <c>POST /api/manage/policies/{policy}/phrases/{language}/preview</c>: how the reminders of every tone and the
/// thank-you about one invoice would read with own texts. Nothing is stored or sent.
/// </summary>
public sealed class PreviewWording(
    ReceivablesTable receivables,
    NoticeContentBuilder letters,
    DunningRules rules,
    TimeProvider clock
)
{
    /// <summary>For the letters that name a date.</summary>
    private const int PayByDays = 10;

    private static readonly NoticeTone[] _tones =
    [
        NoticeTone.Upcoming,
        NoticeTone.DueToday,
        NoticeTone.Friendly,
        NoticeTone.Helpful,
        NoticeTone.Firm,
        NoticeTone.Offer,
        NoticeTone.Final,
        NoticeTone.Termination,
        NoticeTone.CreditReport,
        NoticeTone.PreCollectionNotice,
        NoticeTone.ThankYou,
    ];

    [Function(nameof(PreviewWording))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/policies/{policy}/phrases/{language}/preview")]
            HttpRequest request,
        string policy,
        string language,
        CancellationToken cancellationToken
    )
    {
        if (WordingRoute.Find(rules, policy, language) is not { } found)
            return WordingRoute.NotFound;
        var (change, error) = await WordingRequest.ReadAsync(request, found, isPreview: true, cancellationToken);
        if (change is null)
            return error!;
        if (
            !InvoiceId.TryParse(change.Invoice, out var id)
            || await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
            || await receivables.ReadAsync(id.Customer, cancellationToken) is not { } account
        )
            return ApiResult.NotFound("invoice with this id");
        var worded = LanguageFile.Worded(found, change.Phrases);
        return ApiResult.Ok(
            new
            {
                Messages = _tones.Select(tone => Preview(tone, worded, account.Customer.Value, invoice, change)),
                Warnings = WordingCheck.Warnings(found, change),
            }
        );
    }

    private object Preview(
        NoticeTone tone,
        Language language,
        Customer customer,
        Versioned<Invoice> invoice,
        WordingRequest change
    )
    {
        var now = clock.GetUtcNow();
        var notice = new Notice
        {
            Id = NoticeId.OnDay(now, "preview"),
            CustomerId = customer.Id,
            Channel = Channel.Email,
            Tone = tone,
            Lines = [],
            PlannedAt = now,
            NotBefore = now,
        };
        var content = letters.Build(
            new SendRequest(notice, customer, new PreSendResult(tone, [invoice], [], [])) { SentAt = now }
        ) with
        {
            Language = language,
            PortalLink = null,
        };
        if (change.PersonalLine is { } line)
            content = content with { PersonalLines = [line, .. content.PersonalLines] };
        if (tone is NoticeTone.Final || tone.IsFormal())
            content = content with { PayBy = content.Today.AddDays(PayByDays) };
        if (tone.IsFormal())
            content = content with { FormalLetter = new FormalLetterContent() };
        var email = EmailText.Render(EmailPage.Create(content));
        var sms = tone.IsSentBySms() ? SmsText.Render(content, linksAllowed: false) : null;
        return new
        {
            Tone = tone,
            email.Subject,
            Text = email.Plain,
            email.Html,
            Sms = sms?.Body,
            SmsSegments = sms?.Segments,
        };
    }
}
