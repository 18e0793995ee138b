using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Escalation;

/// <summary>Prepares escalation copies, which list the earlier messages, and follow-ups.</summary>
public sealed class EscalationLetters(
    NoticeContentBuilder contentBuilder,
    EmailComposer composer,
    ReceivablesTable receivables,
    DunningRules rules,
    CreditorOptions creditor
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
        // The recipients' languages are unknown, so the copy is in the creditor's.
        var content = contentBuilder.Build(request, await HistoryAsync(request, cancellationToken)) with
        {
            Language = creditor.Language,
        };
        var email = isFollowUp
            ? EmailLetter.Render(content with { Greet = recipients[0].Name })
            : EmailLetter.RenderCopy(content, recipients[0].Name);
        return await composer.PrepareAsync(
            request.Notice,
            content.Language,
            email,
            [.. recipients.Take(1).Select(ToMailbox)],
            [.. recipients.Skip(1).Select(ToMailbox)],
            cancellationToken
        );
    }

    /// <summary>The messages that the customer was sent about these invoices, oldest first, each once.</summary>
    private async Task<IReadOnlyList<LetterHistory>> HistoryAsync(
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
                .OrderBy(e => e.At)
                .Select(e => new LetterHistory(
                    rules.Today(request.Customer, e.At),
                    e.Details!.ContainsKey("text") ? "sms" : "email",
                    e.Details!.GetValueOrDefault("subject") ?? e.Details!.GetValueOrDefault("text") ?? e.What
                )),
        ];
    }

    private static Mailbox ToMailbox((string Name, string Email) recipient) => new(recipient.Email, recipient.Name);
}
