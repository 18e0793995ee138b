using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Email;

/// <summary>
/// Sends a reminder or a thank-you by email. Safe to run any number of times: only the run that claims the notice sends
/// it.
/// </summary>
public sealed class SendEmailNotice(
    NoticeDelivery delivery,
    NoticeContentBuilder contentBuilder,
    EmailComposer composer,
    Failures failures
)
{
    [Function(nameof(SendEmailNotice))]
    public Task Run([QueueTrigger(Queues.EmailNotices)] NoticeReady ready, CancellationToken cancellationToken) =>
        failures.WatchAsync(
            Queues.EmailNotices,
            ready,
            () =>
                delivery.DeliverAsync(
                    ready,
                    PrepareAsync,
                    (notice, _, cancellationToken) => composer.FindAsync(notice, cancellationToken),
                    cancellationToken
                )
        );

    private Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var customer = request.Customer;
        var content = contentBuilder.Build(request);
        return composer.PrepareAsync(
            request.Notice,
            content.Language,
            EmailLetter.Render(content),
            [new(customer.EmailAddress!, customer.Greet)],
            [.. customer.CopiedContacts.Select(c => new Mailbox(c.Email!, c.Name))],
            cancellationToken
        );
    }
}
