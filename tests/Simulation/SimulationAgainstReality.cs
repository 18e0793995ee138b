using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Forecast;
using Dunning.Local.MailViewer;
using Dunning.PolicyVersions;
using Dunning.Receivables;
using Dunning.Scheduling;
using Dunning.Simulation;
using Dunning.Statements;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Dunning.Tests.Simulation;

/// <summary>
/// What a simulation says of the days ahead against what the app then sends on them in its local host: the rows of the
/// sent messages, and the texts that the provider stand-ins accepted.
/// </summary>
[Trait("Category", "Long")]
public sealed class SimulationAgainstReality(ITestOutputHelper output) : SimulationScenario
{
    private const int WarmUpDays = 6;

    /// <summary>Set the variable DUNNING_SIMULATION for 20 seeds of 90 days.</summary>
    private static bool IsFull => Environment.GetEnvironmentVariable("DUNNING_SIMULATION") is { Length: > 0 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, IsFull ? 20 : 1)];

    private static int Days => IsFull ? 90 : 10;

    protected override int Shards => 1;

    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["FindUpcomingInvoicesSchedule"] = "0 10 */4 * * *",
            ["FindOverdueInvoicesSchedule"] = "0 40 1/4 * * *",
            ["RetentionSchedule"] = "0 20 5 * * *",
            ["Statements:Monthly"] = "true",
        };

    private ForecastSchedule Schedule => Host.Services.GetRequiredService<ForecastSchedule>();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_sent_is_what_the_simulation_said(int seed)
    {
        await SavePolicyAsync(RandomPolicies.Create(seed));
        await FillBookAsync(new RandomBook(seed, DateOnly.FromDateTime(Start.UtcDateTime)));
        var from = Host.Clock.GetUtcNow();
        var before = Host.Outbox.Sent.Count;
        var until = from.AddDays(Days);
        var lines = await ResultAsync(await SimulateAsync(new { until = Today.AddDays(Days) }));
        // The last day is simulated to its end, and run until this time of it.
        var messages = lines.Select(line => line.Message!).Where(message => message.At <= until).ToList();

        await RunUntilAsync(until);

        var sent = await SentSinceAsync(from);
        output.WriteLine($"Seed {seed}, {Days} days: {sent.Count} messages sent, {messages.Count} simulated");
        output.WriteLine(
            string.Join(", ", messages.CountBy(m => $"{m.Tone} {m.Channel}").Select(c => $"{c.Key}: {c.Value}").Order())
        );
        Assert.True(sent.Count > 30, $"{sent.Count} messages are too few to prove anything.");
        AssertSame([.. messages.Select(Row)], [.. sent.Select(Row)]);
        AssertSame([.. messages.Select(Text)], [.. Host.Outbox.Sent.Skip(before).Select(Text)]);
    }

    /// <summary>The same in any order; else the first differences, whole.</summary>
    private static void AssertSame(List<string> simulated, List<string> sent)
    {
        var surplus = sent.Where(one => !simulated.Remove(one)).ToList();
        Assert.True(
            simulated.Count == 0 && surplus.Count == 0,
            $"Simulated and not sent, {simulated.Count}:\n{string.Join("\n---\n", simulated.Order().Take(3))}\n"
                + $"===\nSent and not simulated, {surplus.Count}:\n{string.Join("\n---\n", surplus.Order().Take(3))}"
        );
    }

    private async Task SavePolicyAsync(JsonObject policy)
    {
        using var saved = await RequestAsync(HttpMethod.Put, "api/policies/brisk", new { by = "Maya", policy });
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        Host.Clock.Advance(PolicyUpdates.ActiveAfter);
    }

    /// <summary>Six days of the real pipeline, with changes and payments at any time of them.</summary>
    private async Task FillBookAsync(RandomBook book)
    {
        List<string> ids = [];
        foreach (var invoice in book.Invoices())
            ids.Add(await PostInvoiceAsync(invoice));
        for (var day = 0; day < WarmUpDays; day++)
        {
            await RunUntilAsync(Start.AddDays(day).AddHours(book.Next(24)));
            for (var change = 0; change < 4; change++)
                await TryAsync(book.Change(Today, ids));
            if (book.Next(2) == 0)
                await TryAsync(RandomBook.Payment(Today, ids[book.Next(ids.Count)], whole: false));
            await Host.PumpAsync();
        }
        // Saturday evening: the thank-you waits for Monday.
        await RunUntilAsync(Start.AddDays(WarmUpDays).AddHours(-3));
        for (var payment = 0; payment < 3; payment++)
            await TryAsync(RandomBook.Payment(Today, ids[book.Next(ids.Count)], whole: true));
        await Host.PumpAsync();
    }

    private DateOnly Today => DateOnly.FromDateTime(Host.Clock.GetUtcNow().UtcDateTime);

    private async Task TryAsync((string Path, object Body) change)
    {
        using var response = await PostAsync(
            $"api/{change.Path}",
            change.Body,
            ("Idempotency-Key", Guid.NewGuid().ToString())
        );
        Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Runs each timer at its times and each message at its own, as the Functions host does.</summary>
    private async Task RunUntilAsync(DateTimeOffset until)
    {
        while (true)
        {
            var from = Host.Clock.GetUtcNow().AddTicks(1);
            var (upcoming, overdue) = (Schedule.NextScan(true, from), Schedule.NextScan(false, from));
            var statements = Schedule.NextStatements(from);
            var next = new[] { upcoming, overdue, statements, until }.Min();
            await SendUntilAsync(next);
            Host.Clock.SetTo(next);
            if (next == upcoming)
                await Host.RunTimerAsync(nameof(FindUpcomingInvoices));
            if (next == overdue)
                await Host.RunTimerAsync(nameof(FindOverdueInvoices));
            await Host.PumpAsync(only: Queues.Scan);
            if (next == statements)
                await Host.RunTimerAsync(nameof(SendMonthlyStatements));
            await SendUntilAsync(next);
            if (next == until)
                return;
        }
    }

    /// <summary>The queues show a message at its time: the clock stops at each.</summary>
    private async Task SendUntilAsync(DateTimeOffset until)
    {
        while (await NextWaitingAsync(until) is { } at && at <= until)
        {
            if (at > Host.Clock.GetUtcNow())
                Host.Clock.SetTo(at);
            // Storage counts whole seconds from its own time, which does not stand still.
            for (var second = 0; await Host.PumpAsync() == 0; second++)
            {
                Assert.True(second < 30, $"The queues show nothing at {at:O}.");
                Host.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    private async Task<DateTimeOffset?> NextWaitingAsync(DateTimeOffset until)
    {
        DateTimeOffset? first = null;
        foreach (var shard in Table.Shards.All)
        {
            await foreach (var (customer, notice) in Table.FindUnsentAsync(shard, until, CancellationToken.None))
            {
                var account = await Table.ReadAsync(customer, CancellationToken.None);
                var at = account!.Notice(notice)!.Value.NotBefore;
                first = at < first || first is null ? at : first;
            }
        }
        return first;
    }

    private async Task<IReadOnlyList<SentMessage>> SentSinceAsync(DateTimeOffset from)
    {
        List<SentMessage> sent = [];
        foreach (var shard in Table.Shards.All)
        {
            await foreach (var account in Table.ReadAllAsync(shard, CancellationToken.None))
            {
                var rows = await Table.ReadMessagesAsync(account.Id, CancellationToken.None);
                sent.AddRange(rows.Sent.Values.Select(row => row.Value).Where(message => message.At > from));
            }
        }
        return sent;
    }

    private static string Row(SimulatedMessage message) =>
        Row(
            message.At,
            message.CustomerId,
            message.Channel,
            message.Tone,
            message.Invoices.Where(item => item.Step is not null).Select(item => $"{item.Id.Split('-')[1]}:{item.Step}")
        );

    private static string Row(SentMessage message) =>
        Row(
            message.At,
            message.Notice.CustomerId.Value,
            message.Notice.Channel,
            message.Notice.Tone,
            message
                .Notice.Lines.Where(line => line.Step is not null && message.InvoiceIds.Contains(line.InvoiceId))
                .Select(line => $"{line.InvoiceId}:{line.Step}")
        );

    private static string Row(
        DateTimeOffset at,
        string customer,
        Channel channel,
        NoticeTone tone,
        IEnumerable<string> items
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd HH:mm} {customer} {channel} {tone} [{string.Join(' ', items.Order())}]"
        );

    /// <summary>Recipients and text.</summary>
    private static string Text(SimulatedMessage message) =>
        Text(message.At, message.To.Concat(message.Cc).Select(AddressOf), message.Subject, message.Text!);

    private static string Text(SentItem item) =>
        item switch
        {
            SentSms sms => Text(sms.SentAt, [sms.To], null, sms.Body),
            SentEmail email => Text(
                email.SentAt,
                email.To.Concat(email.Cc).Select(AddressOf),
                email.Subject,
                email.Plain!
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(item)),
        };

    private static string AddressOf(string mailbox) =>
        mailbox[(mailbox.IndexOf('<', StringComparison.Ordinal) + 1)..].TrimEnd('>');

    private static string Text(DateTimeOffset at, IEnumerable<string> to, string? subject, string body) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd HH:mm} {string.Join(',', to)} {subject}\n{body.ReplaceLineEndings("\n").Trim()}"
        );
}
