using Dunning.Payments.Ledger;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local.Demo;

/// <summary>
/// Simulates days with the sample invoices in about a minute: the clock stands still until everything due is done,
/// then jumps to the next instant at which something falls due. Only time is simulated; requests, queues, tables and
/// provider stand-ins are those of the local host.
/// </summary>
public static class Replay
{
    /// <param name="logging">Null for the console.</param>
    /// <param name="keys">Null: no key is required.</param>
    /// <returns>0 when every invariant of the receivables table holds at the end.</returns>
    public static async Task<int> RunAsync(
        Options options,
        TextWriter output,
        Action<ILoggingBuilder>? logging = null,
        FunctionKeys? keys = null
    )
    {
        await using var azurite = options.Storage is null ? await Azurite.StartAsync(options.Data) : null;
        var start = options.Now ?? StartOfToday();
        var clock = new MovableClock(start, frozen: true);
        azurite?.Follow(clock);
        await using var host = await LocalRun.StartAsync(
            options with
            {
                Port = 0,
            },
            azurite?.ConnectionString ?? options.Storage!,
            clock,
            keys,
            background: false,
            logging
        );
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        if (keys is not null)
            http.DefaultRequestHeaders.Add("x-functions-key", keys.Function);

        var ids = await SampleBook.PostAsync(http, DateOnly.FromDateTime(start.UtcDateTime), CancellationToken.None);
        var story = new SampleStory(http, ids, start);
        await output.WriteLineAsync($"Replaying {options.Days} days from {start:yyyy-MM-dd}: {ids.Count} invoices.");
        await RunAsync(host, story, start.AddDays(options.Days));
        await ReplayTable.WriteAsync(host.Services, ids.Values, output);

        var flaws = await BookInvariants.FindFlawsAsync(
            host.Services.GetRequiredService<Azure.Data.Tables.TableServiceClient>().GetTableClient(Tables.Book)
        );
        foreach (var flaw in flaws)
            Console.Error.WriteLine($"Invariant broken: {flaw}");
        return flaws.Count == 0 ? 0 : 1;
    }

    /// <summary>Runs until the end, or until nothing is left to do.</summary>
    /// <param name="beforeScan">Called whenever something may be due.</param>
    public static async Task RunAsync(
        LocalHost host,
        SampleStory story,
        DateTimeOffset end,
        Func<Task>? beforeScan = null
    )
    {
        while (await NextAsync(host, story) is { } next && next <= end)
        {
            if (next > host.Clock.GetUtcNow())
                host.Clock.SetTo(next);
            await story.RunActionsAsync(host.Clock.GetUtcNow());
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            if (beforeScan is not null)
                await beforeScan();
            await host.RunTimerAsync(nameof(FindUpcomingInvoices));
            await host.RunTimerAsync(nameof(FindOverdueInvoices));
            await host.PumpAsync(only: Queues.Scan);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            // Everything due is planned and nothing is sent yet: a payment now must prevent the reminder.
            await story.RunActionsBeforeSendingAsync(host.Clock.GetUtcNow());
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.PumpAsync();
            await host.RunTimerAsync(nameof(RequeueStalledNotices));
            await host.RunTimerAsync(nameof(RequeueUnappliedPayments));
            await host.PumpAsync();
        }
    }

    /// <summary>
    /// The instant of the next step, planned notice or action of the story; null when nothing is left.
    /// </summary>
    private static async Task<DateTimeOffset?> NextAsync(LocalHost host, SampleStory story)
    {
        var receivables = host.Services.GetRequiredService<ReceivablesTable>();
        List<DateTimeOffset> instants = [];
        foreach (var customer in story.Customers)
        {
            if (await receivables.ReadAsync(new CustomerId(customer), CancellationToken.None) is not { } account)
                continue;
            instants.AddRange(account.Invoices.Select(i => i.Value.Dunning.Next?.At).OfType<DateTimeOffset>());
            instants.AddRange(
                account.Notices.Where(n => n.Value.State is NoticeState.Planned).Select(n => n.Value.NotBefore)
            );
        }
        if (story.NextAction is { } action)
            instants.Add(action);
        // Retry what is already due, but was not done, after a minute.
        var earliest = host.Clock.GetUtcNow().AddMinutes(1);
        return instants.Count == 0 ? null : instants.Select(i => i < earliest ? earliest : i).Min();
    }

    private static DateTimeOffset StartOfToday() =>
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
}
