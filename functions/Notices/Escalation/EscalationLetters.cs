using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Sms;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Escalation;

/// <summary>Prepares escalation copies, which quote the message to the customer, and follow-ups.</summary>
public sealed class EscalationLetters(
    NoticeContentBuilder contentBuilder,
    EmailComposer composer,
    ReceivablesTable receivables,
    DunningRules rules,
    CreditorOptions creditor,
    TimeProvider clock
)
{
    public Task<SendOutcome> FindAsync(Notice notice, Customer customer, CancellationToken cancellationToken) =>
        composer.FindAsync(notice, cancellationToken);

    public async Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var isFollowUp = request.Notice.Tone is NoticeTone.FollowUp;
        var recipients = isFollowUp
            ? ContactChannels.Owners(request.Customer, rules)
            : ContactChannels.EscalationReaders(request.Customer, rules);
        var sent = await ReadSentAsync(request, cancellationToken);
        // The recipients' languages are unknown: what is written to them is in the creditor's.
        return await composer.PrepareAsync(
            request.Notice,
            creditor.Language,
            isFollowUp ? FollowUp(request, recipients[0].Name, sent) : Copy(request, recipients[0].Name, sent),
            [.. recipients.Take(1).Select(ToMailbox)],
            [.. recipients.Skip(1).Select(ToMailbox)],
            cancellationToken
        );
    }

    private EmailText FollowUp(SendRequest request, string reader, IReadOnlyList<InvoiceEvent> sent) =>
        EmailLetter.Render(
            contentBuilder.Build(request) with
            {
                Language = creditor.Language,
                Greet = reader,
                History = History(sent, request.Customer),
            }
        );

    private EmailText Copy(SendRequest request, string reader, IReadOnlyList<InvoiceEvent> sent)
    {
        var customer = request.Customer;
        // The ids of a plan's notices share the part before the first hyphen. The copy may be sent first.
        var plan = request.Notice.Id.Split('-')[0] + "-";
        var original = sent.Where(e =>
                e.Details!.GetValueOrDefault("notice")?.StartsWith(plan, StringComparison.Ordinal) == true
                && e.Details!.GetValueOrDefault("channel") != "escalation"
            )
            .OrderBy(e => e.Details!.ContainsKey("text"))
            .FirstOrDefault();
        var sentOn = rules.Today(customer, original?.At ?? clock.GetUtcNow());
        var content = contentBuilder.Build(request, sentOn);
        var hasManagement = ContactChannels.Managers(customer).Count > 0;
        return EmailLetter.RenderCopy(
            content,
            new CopyNote(
                hasManagement ? CopyReader.Management : CopyReader.AccountManager,
                reader,
                creditor.Language,
                sentOn
            )
            {
                ManagerIsCopied =
                    hasManagement
                    && ContactChannels.EscalationReaders(customer, rules).Count
                        > ContactChannels.Managers(customer).Count,
                Sms = original is null
                    ? customer.EmailAddress is null
                        ? SmsLetter.Render(content, linksAllowed: false).Body
                        : null
                    : original.Details!.GetValueOrDefault("text"),
                History = History(sent.Where(e => e != original), customer),
            }
        );
    }

    private IReadOnlyList<LetterHistory> History(IEnumerable<InvoiceEvent> sent, Customer customer) =>
        [
            .. sent.Select(e => new LetterHistory(
                rules.Today(customer, e.At),
                e.Details!.ContainsKey("text") ? "sms" : "email",
                e.Details!.GetValueOrDefault("subject") ?? e.Details!.GetValueOrDefault("text") ?? e.What
            )),
        ];

    /// <summary>The messages that the customer was sent about these invoices, oldest first, each once.</summary>
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
                .Where(e => e.Kind is EventKind.Sent && e.Details is not null)
                .DistinctBy(e => e.Details!.GetValueOrDefault("notice"))
                .OrderBy(e => e.At),
        ];
    }

    private static Mailbox ToMailbox((string Name, string Email) recipient) => new(recipient.Email, recipient.Name);
}
