using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notify.Email;

/// <summary>Sends a reminder or a thank-you by mail. Safe to run any number of times: only the run that claims the notice sends it.</summary>
public sealed class SendEmailNotice(NoticeDelivery delivery, Letters letters, MailRoom mail, Failures failures)
{
    [Function(nameof(SendEmailNotice))]
    public Task Run([QueueTrigger(Queues.EmailNotices)] NoticeReady ready, CancellationToken cancel) =>
        failures.WatchAsync(Queues.EmailNotices, ready, () => delivery.DeliverAsync(
            ready, (errand, _) => Task.FromResult(Write(errand)), (notice, _, token) => mail.FindAsync(notice, token), cancel));

    private Draft Write(Errand errand)
    {
        var customer = errand.Customer;
        var letter = letters.Write(errand);
        var copied = customer.Contacts.Where(c => c is { Cc: true, Email: not null } && c.Email != customer.EmailAddress).Select(c => new MailParty(c.Email!, c.Name));
        return mail.Draft(errand.Notice, letter.Language, EmailLetter.Render(letter), [new(customer.EmailAddress!, customer.Greet)], [.. copied]);
    }
}
