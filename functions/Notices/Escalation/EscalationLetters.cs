using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Escalation;

/// <summary>Writes escalation copies, which quote what was sent before, and tasks.</summary>
public sealed class EscalationLetters(
    NoticeContentBuilder letters,
    EmailComposer composer,
    ReceivablesTable receivables,
    DunningRules rules,
    CreditorOptions creditor
)
{
    public Task<SendOutcome> FindAsync(Notice notice, Customer customer, CancellationToken cancellationToken) =>
        composer.FindAsync(notice, cancellationToken);

    public async Task<PreparedMessage> WriteAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var isTask = request.Notice.Tone is NoticeTone.FollowUp;
        var readers = isTask
            ? ContactChannels.Owners(request.Customer, rules)
            : ContactChannels.EscalationReaders(request.Customer, rules);
        // A copy is in its reader's language: of the readers we know none, so it is the creditor's.
        var content = letters.Write(request, await HistoryAsync(request, cancellationToken)) with
        {
            Language = creditor.Language,
        };
        var text = isTask
            ? EmailLetter.Render(content with { Greet = readers[0].Name })
            : EmailLetter.RenderCopy(content, readers[0].Name);
        return await composer.PrepareAsync(
            request.Notice,
            content.Language,
            text,
            [.. readers.Take(1).Select(Party)],
            [.. readers.Skip(1).Select(Party)],
            cancellationToken
        );
    }

    /// <summary>What the customer has been sent about these invoices, oldest first, each message once.</summary>
    private async Task<IReadOnlyList<LetterHistory>> HistoryAsync(
        SendRequest request,
        CancellationToken cancellationToken
    )
    {
        var events = await Task.WhenAll(
            request.Check.Invoices.Select(i => receivables.ReadEventsAsync(i.Value.Id, cancellationToken))
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

    private static Mailbox Party((string Name, string Email) reader) => new(reader.Email, reader.Name);
}
