using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Replies;

/// <summary>
/// What an answer changes: it is planned as a message to who wrote, in the way in which they wrote; the reply is done,
/// and holds up reminders no longer. Pure.
/// </summary>
/// <param name="Result">To be returned after the commit.</param>
/// <param name="Transaction">Null when nothing changes.</param>
internal sealed record AnswerReplyDecision(ApiResult Result, CustomerTransaction? Transaction) : IDecision
{
    /// <summary>Of an SMS: four of its segments.</summary>
    private const int MaxSmsLength = 600;

    /// <summary>An answer takes five rows of the transaction, and an event for each invoice.</summary>
    private const int MaxInvoices = 45;

    /// <param name="key">The same for a repeated request.</param>
    public static AnswerReplyDecision Decide(
        DunningContext context,
        CustomerAccount account,
        Versioned<Reply> reply,
        AnswerRequest request,
        string key
    )
    {
        var id = $"answer-{Ids.Hash('a', $"{reply.Value.Id}\n{key}")}";
        // Repeated, perhaps on the next day.
        var given = reply.Value.Answers.FirstOrDefault(a => a.NoticeId.Value.EndsWith(id, StringComparison.Ordinal));
        if (given is not null)
            return new(Accepted(account.Id, given.NoticeId), null);
        if (context.Customer.ErasedAt is not null)
            return new(NotPossible(DunningBlock.Erased), null);
        if (AddressOf(context.Customer, reply.Value) is not var (channel, to))
            return new(NotPossible(DunningBlock.NoAddress), null);
        if (channel is Channel.Sms && context.Customer.HasOptedOut(to))
            return new(NotPossible(DunningBlock.OptedOut), null);
        if (channel is Channel.Sms && request.Text.Length > MaxSmsLength)
            return new(TooLong, null);
        if (
            channel is Channel.Sms
            && SmsLinks.AreForbidden(context.Customer.Country, to)
            && SmsLinks.AreIn(request.Text)
        )
            return new(HasLink, null);
        var answer = new NoticeAnswer(reply.Value.Id, to, request.Text)
        {
            Subject = reply.Value.Subject,
            Mail = reply.Value.Mail,
        };
        var notice = new Notice
        {
            Id = NoticeId.OnDay(context.Now, id),
            CustomerId = account.Id,
            Channel = channel,
            Tone = NoticeTone.Answer,
            Lines = [],
            Answer = answer,
            PlannedAt = context.Now,
            NotBefore = context.Now,
        };
        return new(Accepted(account.Id, notice.Id), Plan(account, reply, notice, request.By));
    }

    private static CustomerTransaction Plan(CustomerAccount account, Versioned<Reply> reply, Notice notice, string by)
    {
        var (now, text) = (notice.PlannedAt, notice.Answer!.Text);
        var answered = reply.Value with
        {
            Done = reply.Value.Done ?? new NoteDone(now, by),
            Answers = [.. reply.Value.Answers, new Answer(notice.Id, now, by, text)],
        };
        var transaction = new CustomerTransaction(account.Id)
            .Complete(account, reply, answered)
            .Save(before: null, notice);
        foreach (var invoice in InvoicesOf(account, reply.Value).Take(MaxInvoices))
            transaction.AddEvent(
                invoice,
                new(now, EventKind.Answered)
                {
                    Notice = notice.Id,
                    Channels = [notice.Channel],
                    By = by,
                    Text = text,
                }
            );
        return transaction;
    }

    private static (Channel Channel, string To)? AddressOf(Customer customer, Reply reply) =>
        reply.Channel switch
        {
            ReplyChannel.Sms => (Channel.Sms, reply.From),
            ReplyChannel.Email when reply.From.Length > 0 => (Channel.Email, reply.From),
            _ => customer.EmailAddress is { } email ? (Channel.Email, email) : null,
        };

    /// <summary>The open invoices that the reply is about; all, where that is not known.</summary>
    private static IEnumerable<InvoiceId> InvoicesOf(CustomerAccount account, Reply reply) =>
        account
            .Invoices.Select(invoice => invoice.Value.Id)
            .Where(id => reply.InvoiceIds.Count == 0 || reply.InvoiceIds.Contains(id.Invoice));

    private static ApiResult Accepted(CustomerId customer, NoticeId notice) =>
        ApiResult.Ok(new { CustomerId = customer, Notice = notice }) with
        {
            Status = StatusCodes.Status202Accepted,
        };

    private static ApiResult NotPossible(DunningBlock block) =>
        ApiResult.NotPossibleNow(
            "The reply cannot be answered",
            $"No answer is sent: {ReasonText.Of(block)}. Answer in another way, and mark the follow-up as done."
        );

    private static ApiResult TooLong =>
        ApiResult.Invalid(
            AnswerRequest.InvalidTitle,
            [new("#/text", "too_long", $"a text message has at most {MaxSmsLength} characters: send less")]
        );

    private static ApiResult HasLink =>
        ApiResult.Invalid(
            AnswerRequest.InvalidTitle,
            [new("#/text", "link", "operators in Malaysia block links and numbers to call back: leave them out")]
        );
}
