using Dunning.Book;
using Dunning.Plan;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notify;

/// <summary>Writes down what a provider says of a message, and sends a reminder that reached nobody another way. Safe to run any number of times.</summary>
public sealed class RecordDelivery(BookTable book, Rulebook rules, Queues queues, TimeProvider clock, Failures failures)
{
    private const int Tries = 20;

    /// <summary>The report may be faster than the sender, who writes its outcome within seconds, or whom Recover follows up.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5), LongestWait = TimeSpan.FromHours(1), GivesUp = TimeSpan.FromDays(7);

    [Function(nameof(RecordDelivery))]
    public Task Run([QueueTrigger(Queues.DeliveryReports)] DeliveryReport report, CancellationToken cancel) =>
        failures.WatchAsync(Queues.DeliveryReports, report, () => RecordAsync(report, cancel));

    private async Task RecordAsync(DeliveryReport report, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await book.ReadAsync(report.CustomerId, cancel) is not { } rows)
                return;
            var handed = await book.ReadHandoversAsync(report.CustomerId, report.NoticeId, cancel);
            if (handed.FirstOrDefault(h => h.Value.Notice.Id == report.NoticeId) is not { } own)
            {
                if (rows.Notice(report.NoticeId) is null)
                {
                    // It may have been written between the two reads.
                    if (attempt == 0)
                        continue;
                    return;
                }
                await WaitAsync(report, cancel);
                return;
            }
            if (DeliveryNews.Decide(own, rows, [.. handed.Select(h => h.Value).Where(h => h != own.Value)], report, rules, clock.GetUtcNow()) is not { } news)
                return;
            if (!await book.TryCommitAsync(news.Move, cancel))
                continue;
            foreach (var notice in news.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancel);
            return;
        }
        throw new InvalidOperationException($"Customer {report.CustomerId} kept changing while a delivery report was being written.");
    }

    /// <summary>The older the report, the longer: a notice in doubt waits for a person.</summary>
    private async Task WaitAsync(DeliveryReport report, CancellationToken cancel)
    {
        var age = clock.GetUtcNow() - report.At;
        if (age < GivesUp)
            await queues.SendAsync(Queues.DeliveryReports, report, age < FirstWait ? FirstWait : age > LongestWait ? LongestWait : age, cancel);
    }
}
