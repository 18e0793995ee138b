using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary>A line of <c>answers.json</c>: what the customer wrote, and what we answered.</summary>
internal sealed record AnsweredReplyView(
    string Id,
    DateTimeOffset At,
    ReplyChannel Channel,
    string From,
    string? Subject,
    string Body,
    ReplyMeaning Meaning,
    IReadOnlyList<string> Attachments,
    IReadOnlyList<string> Invoices,
    bool IsOpen,
    NoteDone? Done,
    IReadOnlyList<Answer> Answers
)
{
    public static AnsweredReplyView Create(Reply reply, CustomerId customer) =>
        new(
            reply.Id,
            reply.At,
            reply.Channel,
            reply.From,
            reply.Subject,
            reply.Body,
            reply.Meaning,
            [.. reply.Attachments.Select(attachment => attachment.Name)],
            [.. reply.InvoiceIds.Select(invoice => new InvoiceId(customer, invoice).ToString())],
            reply.IsOpen,
            reply.Done,
            reply.Answers
        );
}
