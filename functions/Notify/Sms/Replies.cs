using Dunning.Book;
using Dunning.Plan;

namespace Dunning.Notify.Sms;

/// <summary>Keeps what customers write back: with every customer who has the number, or with nobody. Each message counts once, by Twilio's id.</summary>
public sealed class Replies(BookTable book, Lookup lookup, Rulebook rules, Queues queues, TimeProvider clock)
{
    private const int Tries = 20;

    /// <summary>Stands where a customer's id would, for numbers that nobody here has.</summary>
    private const string Nobody = "nobody";

    /// <param name="message">Whoever's it is.</param>
    /// <returns>The language of the first customer with the number; null when there is none, or none is known.</returns>
    public async Task<string?> KeepAsync(Reply message, CancellationToken cancel)
    {
        string? language = null;
        var known = false;
        foreach (var customerId in await lookup.FindPhoneAsync(message.From, cancel))
        {
            if (await KeepAsync(message with { CustomerId = customerId }, customerId, cancel) is not { } customer)
                continue;
            known = true;
            language ??= customer.Locale;
        }
        if (!known && !await book.HasReplyAsync(Nobody, message.MessageSid, cancel))
            await book.TryCommitAsync(new Move(Nobody).Save(message), cancel);
        return language;
    }

    /// <returns>Null for a customer who is not in the book.</returns>
    private async Task<Customer?> KeepAsync(Reply reply, string customerId, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await book.ReadAsync(customerId, cancel) is not { } rows)
                return null;
            if (await book.HasReplyAsync(customerId, reply.MessageSid, cancel))
                return rows.Customer.Value;
            var news = ReplyNews.Decide(reply, rows, rules, clock.GetUtcNow());
            if (!await book.TryCommitAsync(news.Move, cancel))
                continue;
            foreach (var notice in news.Notices)
                await queues.SendAsync(notice, TimeSpan.Zero, cancel);
            return rows.Customer.Value;
        }
        throw new InvalidOperationException($"Customer {customerId} kept changing while a reply was being kept.");
    }
}
