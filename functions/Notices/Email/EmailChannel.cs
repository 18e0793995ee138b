using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// Reminders, thank-yous and statements to the customer, with copies to its other contacts; answers to who wrote.
/// </summary>
public sealed class EmailChannel(
    NoticeContentBuilder contentBuilder,
    StatementReader statements,
    MessageAttachments attachments,
    EmailComposer composer,
    IEmailGateway gateway,
    CreditorOptions creditor
) : INoticeChannel
{
    public async Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var customer = request.Customer;
        if (request.Notice.Answer is { } answer)
            return await composer.PrepareAsync(
                request,
                AnswerEmail.Render(answer, creditor, Language.For(customer.Locale ?? creditor.Language)),
                [new(answer.To)],
                cc: [],
                attachments: [],
                cancellationToken
            );
        var content = await contentBuilder.BuildAsync(request, sentOn: null, cancellationToken);
        if (request.Notice.Period is { } period)
            content = content with { Statement = await statements.ReadAsync(request, period, cancellationToken) };
        (content, var files) = await attachments.ReadAsync(request, content, cancellationToken);
        return await composer.PrepareAsync(
            request,
            EmailText.Render(EmailPage.Create(content)) with
            {
                Signer = content.From.Person,
                Kind = content.Tone,
                UnsubscribeAddress = content.Tone.IsCourtesy() ? content.UnsubscribeAddress : null,
            },
            [new(customer.EmailAddress!, customer.Greet)],
            [
                .. customer
                    .CopiedContacts.Concat(customer.ContactsIn(content.CopyTo))
                    .Select(c => new Mailbox(c.Email!, c.Name)),
            ],
            files,
            cancellationToken
        );
    }

    public Task<SendOutcome> SendAsync(PreparedMessage message, CancellationToken cancellationToken) =>
        gateway.SendAsync(((PreparedEmail)message).Email, cancellationToken);

    public Task<SendOutcome> FindSentAsync(Notice notice, CancellationToken cancellationToken) =>
        gateway.FindAsync(notice.OperationId, cancellationToken);
}
