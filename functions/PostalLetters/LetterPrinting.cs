using System.Security.Cryptography;
using System.Text;
using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.PostalLetters;

/// <summary>
/// Prints letters: checked against the rows of this moment, as a message is before it is sent, and kept in the archive
/// as they are on paper. A printed letter is not sent yet: see <see cref="LetterPosting"/>. Printing it again replaces
/// it.
/// </summary>
public sealed class LetterPrinting(
    ReceivablesTable receivables,
    NoticeCheck checks,
    ChargeReader charges,
    NoticeContentBuilder contents,
    MessageAttachments attachments,
    MessageArchive archive,
    DunningRules rules,
    CreditorOptions creditor,
    TimeProvider clock
)
{
    /// <summary>The day on which letters that are printed now are to be posted.</summary>
    internal DateOnly Today => rules.CreditorToday(clock.GetUtcNow());

    internal async Task<PrintedBatch> PrintAsync(
        IReadOnlyList<CustomerNoticeId> letters,
        PrintOrder order,
        CancellationToken cancellationToken
    )
    {
        List<string> pages = [];
        List<CustomerNoticeId> printed = [];
        List<SkippedLetter> skipped = [];
        foreach (var letter in letters)
        {
            var (html, block) = await PrintAsync(letter, order, cancellationToken);
            if (html is null)
            {
                skipped.Add(new SkippedLetter(letter, block));
                continue;
            }
            pages.Add(html);
            printed.Add(letter);
        }
        return new PrintedBatch(printed, skipped, PaperLetter.Document(pages, order.Paper, creditor.Company));
    }

    /// <returns>
    /// The letter; null with the reason why it is not printed, which is null for one that is unknown.
    /// </returns>
    private async Task<(string? Html, DunningBlock? Block)> PrintAsync(
        CustomerNoticeId letter,
        PrintOrder order,
        CancellationToken cancellationToken
    )
    {
        (string? Html, DunningBlock? Block) result = default;
        await CustomerTransactions.RetryAsync(
            letter.Customer,
            async () =>
            {
                if (
                    await receivables.ReadAsync(letter.Customer, cancellationToken) is not { } account
                    || account.Notice(letter.Notice) is not { Value.Channel: Channel.Letter } notice
                )
                    return true;
                var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
                if (PreSendCheck.WaitsForFeed(context, notice.Value))
                {
                    result = (null, DunningBlock.FeedSilent);
                    return true;
                }
                var check = await checks.RunByPersonAsync(context, notice.Value, account, cancellationToken);
                result = (null, check.Excluded.Select(excluded => (DunningBlock?)excluded.Reason).FirstOrDefault());
                if (check.IsDropped || check.Until is not null)
                    // Of a letter that is printed already, a person says what became of it.
                    return notice.Value.State is NoticeState.Printed
                        || check.Until is not null
                        || await checks.DropAsync(context, account, notice, check, cancellationToken);
                var html = await TryPrintAsync(context, account, notice, check, order, cancellationToken);
                result = (html, null);
                return html is not null;
            }
        );
        return result;
    }

    /// <returns>Null when something has changed since the check.</returns>
    private async Task<string?> TryPrintAsync(
        DunningContext context,
        CustomerAccount account,
        Versioned<Notice> notice,
        PreSendResult check,
        PrintOrder order,
        CancellationToken cancellationToken
    )
    {
        var customer = account.Customer.Value;
        // What it says is true on the day on which it is to be posted.
        var posted = ContextOn(customer, order.PostOn);
        var request = new SendRequest(notice.Value, customer, check)
        {
            Charges = await charges.ReadAsync(posted, notice.Value, check, cancellationToken),
            SentAt = posted.Now,
        };
        var (content, files) = await attachments.ReadAsync(
            request,
            await contents.BuildAsync(request, sentOn: null, cancellationToken),
            cancellationToken
        );
        content = content with { OnPaper = true, PortalLink = null };
        var page = EmailPage.Create(content);
        var recipient = EnvelopeWindow.AddressOf(customer, creditor.Address?.Country);
        var html = PaperLetter.Render(
            page,
            content,
            recipient,
            EnvelopeWindow.Of(creditor.Address?.Country, order.Paper)
        );
        var ready = (await checks.ReadSentAsync(notice, check, cancellationToken)) with { Charges = request.Charges };
        var printed = Printed(posted, ready, order, content, html);
        var message = new MessageContent
        {
            From = creditor.Company,
            To = [string.Join(", ", recipient)],
            Subject = page.Subject,
            Html = PaperLetter.Document([html], order.Paper, page.Subject),
            Text = EmailText.RenderPlain(page),
            Files =
                files.Count > 0
                    ? [.. files.Select(file => file.BlobName is null ? file : file with { Content = null })]
                    : null,
        };
        // Nothing is printed that is not kept.
        await archive.SaveAsync(printed, message, cancellationToken);
        var transaction = new CustomerTransaction(account.Id).Save(notice, printed);
        SendOutcomeRecorder.AddNotSentEvents(transaction, notice.Value, check.Excluded, context.Now);
        DeliveryTransactions.RollBackSteps(transaction, context, account, ready);
        if (!await receivables.TryCommitAsync(transaction, cancellationToken))
        {
            await archive.TryDeleteAsync(printed.ArchivedAs);
            return null;
        }
        if (notice.Value.Claim is not null)
            await archive.TryDeleteAsync(notice.Value.ArchivedAs);
        return html;
    }

    private Notice Printed(
        DunningContext context,
        CheckedNotice ready,
        PrintOrder order,
        NoticeContent content,
        string html
    )
    {
        var (notice, check, _) = ready;
        var named = check.NamedIn(notice.Value);
        return notice.Value with
        {
            State = NoticeState.Printed,
            Claim = Guid.NewGuid().ToString("N"),
            ClaimedAt = clock.GetUtcNow(),
            InvoiceIds = [.. named.Select(invoice => invoice.Value.Id.Invoice)],
            UnnamedInvoices = check.Invoices.Count - named.Count,
            Charges = [.. DeliveryTransactions.PlannedOf(context, ready)],
            TextHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html))),
            To = context.Customer.LetterAddress is { } address ? [address.OneLine] : [],
            Printed = new PrintedLetter(clock.GetUtcNow(), order.By, order.PostOn, content.PayBy, OwedOn(check))
            {
                Enclosures = content.Attached,
            },
        };
    }

    /// <summary>What a letter asks for, a sum per currency.</summary>
    internal static IReadOnlyList<Money> OwedOn(PreSendResult check) =>
        [
            .. Money
                .SumsOf(check.Invoices.Select(invoice => invoice.Value.UndisputedAmount))
                .OrderBy(sum => sum.Currency, StringComparer.Ordinal),
        ];

    /// <summary>As things will be on the day of posting, as far as they are known.</summary>
    internal DunningContext ContextOn(Customer customer, DateOnly day)
    {
        var now = new DunningContext(customer, rules, clock.GetUtcNow());
        return day > now.Today ? now with { Now = now.InstantOf(day, new TimeOnly(12, 0)) } : now;
    }
}

/// <param name="By">Who prints.</param>
/// <param name="PostOn">See <see cref="PrintedLetter.PostOn"/>.</param>
internal sealed record PrintOrder(string By, DateOnly PostOn, PaperSize Paper);

/// <param name="Document">The HTML that prints all of them.</param>
internal sealed record PrintedBatch(
    IReadOnlyList<CustomerNoticeId> Printed,
    IReadOnlyList<SkippedLetter> Skipped,
    string Document
);

/// <param name="Block">Null for a letter that is not waiting.</param>
internal sealed record SkippedLetter(CustomerNoticeId Id, DunningBlock? Block);
