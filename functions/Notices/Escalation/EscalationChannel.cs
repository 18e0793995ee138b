using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Escalation;

/// <summary>
/// Escalation copies, which quote the message to the customer, for its management and the account manager; follow-ups
/// for the account manager alone.
/// </summary>
public sealed class EscalationChannel(
    NoticeContentBuilder contentBuilder,
    MessageAttachments attachments,
    EmailComposer composer,
    IEmailGateway gateway,
    ReceivablesTable receivables,
    DunningRules rules,
    CreditorOptions creditor,
    TimeProvider clock
) : INoticeChannel
{
    public async Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var isFollowUp = request.Notice.Tone is NoticeTone.FollowUp;
        var recipients = isFollowUp
            ? ContactChannels.AccountManagers(request.Customer, rules)
            : ContactChannels.EscalationReaders(request.Customer, rules);
        var sent = await ReadSentAsync(request, cancellationToken);
        var (page, files) = isFollowUp
            ? (FollowUp(request, recipients[0], sent), [])
            : await CopyAsync(request, recipients, sent, cancellationToken);
        return await composer.PrepareAsync(
            request,
            EmailText.Render(page),
            [.. recipients.Take(1).Select(ToMailbox)],
            [.. recipients.Skip(1).Select(ToMailbox)],
            files,
            cancellationToken
        );
    }

    public Task<SendOutcome> SendAsync(PreparedMessage message, CancellationToken cancellationToken) =>
        gateway.SendAsync(((PreparedEmail)message).Email, cancellationToken);

    public Task<SendOutcome> FindSentAsync(Notice notice, CancellationToken cancellationToken) =>
        gateway.FindAsync(notice.OperationId, cancellationToken);

    /// <summary>The reader's own, else that of the firm to which the reader belongs.</summary>
    private Language LanguageOf(Contact reader, Customer customer) =>
        Language.For(reader.Locale ?? (reader.IsManagement ? customer.Locale : null) ?? creditor.Language);

    /// <summary>A reader of whom only the address is known is greeted with the name of the firm.</summary>
    private string NameOf(Contact reader, Customer customer) =>
        reader.HasName ? reader.Name
        : reader.IsManagement ? customer.Name
        : creditor.Company;

    private EmailPage FollowUp(SendRequest request, Contact reader, IReadOnlyList<InvoiceEvent> sent) =>
        EmailPage.Create(
            contentBuilder.Build(request) with
            {
                Language = LanguageOf(reader, request.Customer),
                Greet = NameOf(reader, request.Customer),
                GreetsPerson = reader.HasName,
                History = History(request.Notice, sent, request.Customer),
            }
        );

    /// <summary>Whoever reads a copy has the files that the customer got.</summary>
    private async Task<(EmailPage Page, IReadOnlyList<MessageFile> Files)> CopyAsync(
        SendRequest request,
        IReadOnlyList<Contact> recipients,
        IReadOnlyList<InvoiceEvent> sent,
        CancellationToken cancellationToken
    )
    {
        var customer = request.Customer;
        var plan = request.Notice.Id.Plan;
        var quoted = request.Notice.QuotedChannel ?? (customer.EmailAddress is null ? Channel.Sms : Channel.Email);
        // Null when the copy is sent before the customer's message.
        var original = sent.FirstOrDefault(e =>
            e.Notice!.Value.Plan == plan && e.Channels is [var channel] && channel == quoted
        );
        var sentOn = rules.Today(customer, original?.At ?? request.SentAt ?? clock.GetUtcNow());
        var (content, files) = await attachments.ReadAsync(
            request,
            await contentBuilder.BuildAsync(request, sentOn, cancellationToken),
            cancellationToken
        );
        var managers = ContactChannels.ManagementContacts(customer).Count;
        var page = EmailPage.CreateCopy(
            content,
            new CopyNote(
                managers > 0 ? CopyReader.Management : CopyReader.AccountManager,
                NameOf(recipients[0], customer),
                LanguageOf(recipients[0], customer),
                sentOn
            )
            {
                ReaderIsPerson = recipients[0].HasName,
                ManagerIsCopied = managers > 0 && recipients.Count > managers,
                Sms = quoted is Channel.Sms ? TextOf(customer, content) : null,
                History = History(request.Notice, sent, customer),
            }
        );
        return (page, files);
    }

    /// <summary>The text message as its own channel sends it, without the link to the customer's pages.</summary>
    private static string TextOf(Customer customer, NoticeContent content) =>
        SmsText
            .Render(content, linksAllowed: !SmsLinks.AreForbidden(customer.Country, customer.PhoneNumber ?? ""))
            .Body;

    /// <summary>
    /// What was sent before. Which message of one plan is sent first is a matter of chance: none of them is listed.
    /// </summary>
    private IReadOnlyList<LetterHistory> History(Notice notice, IEnumerable<InvoiceEvent> sent, Customer customer) =>
        [
            .. sent.Where(e => e.Notice!.Value.Plan != notice.Id.Plan)
                .Select(e => new LetterHistory(
                    rules.Today(customer, e.At),
                    e.Channels switch
                    {
                        [Channel.Sms] => LabelKey.ChannelSms,
                        [Channel.Call] => LabelKey.ChannelCall,
                        [Channel.Letter] => LabelKey.ChannelLetter,
                        _ => LabelKey.ChannelEmail,
                    },
                    e.Message?.Subject ?? e.Message?.Body ?? e.What
                )),
        ];

    /// <summary>
    /// The messages that the customer was sent about these invoices, the oldest day first, each once.
    /// </summary>
    private async Task<IReadOnlyList<InvoiceEvent>> ReadSentAsync(
        SendRequest request,
        CancellationToken cancellationToken
    )
    {
        var events = await Task.WhenAll(
            request
                .Check.NamedIn(request.Notice)
                .Select(i => receivables.ReadEventsAsync(i.Value.Id, cancellationToken))
        );
        return
        [
            .. events
                .SelectMany(e => e)
                .Concat(request.SentBefore)
                .Where(e => e is { Kind: EventKind.Sent, Notice: not null })
                .DistinctBy(e => e.Notice)
                .OrderBy(e => rules.Today(request.Customer, e.At))
                .ThenBy(e => e.Notice!.Value.Value, StringComparer.Ordinal),
        ];
    }

    private static Mailbox ToMailbox(Contact recipient) =>
        new(recipient.Email!, recipient.HasName ? recipient.Name : null);
}
