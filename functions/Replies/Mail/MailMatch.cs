using Dunning.Notices.Email;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Replies.Mail;

/// <summary>
/// Finds whose answer an email is: by the message that it answers, else by its sender, together with the number of an
/// invoice where the sender alone does not say it. When two customers are possible, or the sender is unknown, a person
/// decides.
/// </summary>
public sealed class MailMatch(ReceivablesTable receivables, Lookup lookup)
{
    internal async Task<MatchedMail> FindAsync(IncomingMail mail, CancellationToken cancellationToken) =>
        await FindAnsweredAsync(mail, cancellationToken) ?? await FindBySenderAsync(mail, cancellationToken);

    private async Task<MatchedMail?> FindAnsweredAsync(IncomingMail mail, CancellationToken cancellationToken)
    {
        foreach (var operationId in mail.References.Select(EmailHeaders.OperationOf).OfType<Guid>())
        {
            if (
                await lookup.FindEmailAsync(operationId, cancellationToken) is var (customerId, noticeId)
                && await ReadAsync(customerId, cancellationToken) is { } account
            )
                return new MatchedMail(account, await InvoicesOfAsync(account, noticeId, cancellationToken));
        }
        return null;
    }

    private async Task<IReadOnlyList<string>> InvoicesOfAsync(
        CustomerAccount account,
        NoticeId noticeId,
        CancellationToken cancellationToken
    )
    {
        if (account.Notice(noticeId) is { } notice)
            return [.. account.InvoicesOf(notice.Value).Select(invoice => invoice.Invoice)];
        var sent = await receivables.ReadSentMessageAsync(account.Id, noticeId, cancellationToken);
        return sent?.Value.InvoiceIds ?? [];
    }

    private async Task<MatchedMail> FindBySenderAsync(IncomingMail mail, CancellationToken cancellationToken)
    {
        var senders = await ReadAsync(await lookup.FindAddressAsync(mail.From, cancellationToken), cancellationToken);
        senders = senders.FindAll(account =>
            account.Customer.Value.Mailboxes.Contains(mail.From, MailboxComparer.Instance)
        );
        if (senders is [var sender])
            return new MatchedMail(sender, []);
        var named = await FindNamedAsync(mail, cancellationToken);
        var both = senders.FindAll(account => named.Exists(other => other.Id == account.Id));
        if (both is [var single])
            return new MatchedMail(single, []);
        var ofFirm = named.FindAll(account =>
            account.Customer.Value.Mailboxes.Any(mailbox => MailDomains.AreOfOneFirm(mailbox, mail.From))
        );
        return senders.Count == 0 && ofFirm is [var firm]
            ? new MatchedMail(firm, [])
            : new MatchedMail(null, [])
            {
                Suggestions = [.. senders.Concat(named).Select(account => account.Id).Distinct()],
            };
    }

    /// <summary>The customers with an invoice whose number the email names.</summary>
    private async Task<List<CustomerAccount>> FindNamedAsync(IncomingMail mail, CancellationToken cancellationToken)
    {
        var found = new HashSet<CustomerId>();
        foreach (var number in InvoiceNumbers.Candidates(mail.SubjectAndText))
            found.UnionWith(
                (await lookup.FindReferenceAsync(number, cancellationToken)).Select(invoice => invoice.Customer)
            );
        return await ReadAsync(found, cancellationToken);
    }

    private async Task<List<CustomerAccount>> ReadAsync(
        IEnumerable<CustomerId> customers,
        CancellationToken cancellationToken
    )
    {
        List<CustomerAccount> accounts = [];
        foreach (var customer in customers)
        {
            if (await ReadAsync(customer, cancellationToken) is { } account)
                accounts.Add(account);
        }
        return [.. accounts.DistinctBy(account => account.Id)];
    }

    /// <returns>Null for a customer who is unknown or erased.</returns>
    private async Task<CustomerAccount?> ReadAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(customerId, cancellationToken) is { Customer.Value.ErasedAt: null } account
            ? account
            : null;
}

/// <param name="Account">Null when it is not known whose answer it is.</param>
/// <param name="Answered">Ids of the invoices of the message that it answers.</param>
internal sealed record MatchedMail(CustomerAccount? Account, IReadOnlyList<string> Answered)
{
    /// <summary>The customers among whom a person decides.</summary>
    public IReadOnlyList<CustomerId> Suggestions { get; init; } = [];

    /// <summary>
    /// The invoices that the answer is about: of those of the answered message, or of all open ones, those whose number
    /// it names; when it names none, all of the answered message.
    /// </summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="subject">Repeats our own subject, so it decides only where no message is answered.</param>
    public IReadOnlyList<string> InvoicesNamedIn(string text, string subject)
    {
        if (Account is null)
            return [];
        List<string> candidates =
        [
            .. Answered.Count > 0 ? Answered : Account.Invoices.Select(invoice => invoice.Value.Id.Invoice),
        ];
        var searched = Answered.Count > 0 ? text : $"{subject}\n{text}";
        var named = candidates.FindAll(id =>
            Account.Invoice(id) is { } invoice && InvoiceNumbers.Names(searched, invoice.Value.Document.Number)
        );
        return named.Count > 0 ? named : Answered;
    }
}
