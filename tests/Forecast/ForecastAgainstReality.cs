using System.Globalization;
using Dunning.Forecast;
using Dunning.Local.MailViewer;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Escalation;
using Dunning.Notices.Sms;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Scheduling;
using Dunning.Statements;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Dunning.Tests.Forecast;

/// <summary>
/// The forecast of 30 days against what the app then sends in 30 days of its local host: the rows of the sent messages,
/// and the texts that the provider stand-ins accepted.
/// </summary>
[Trait("Category", "Long")]
public sealed class ForecastAgainstReality(ITestOutputHelper output) : Scenario
{
    private const int WarmUpDays = 6;

    /// <summary>Set the variable DUNNING_FORECAST for five seeds of 30 days.</summary>
    private static bool IsFull => Environment.GetEnvironmentVariable("DUNNING_FORECAST") is { Length: > 0 };

    public static TheoryData<int> Seeds => IsFull ? [1, 2, 3, 4, 5] : [1];

    private static int Days => IsFull ? 30 : 10;

    protected override int Shards => 1;

    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["FindUpcomingInvoicesSchedule"] = "0 10 */2 * * *",
            ["FindOverdueInvoicesSchedule"] = "0 40 1/2 * * *",
            ["RetentionSchedule"] = "0 20 5 * * *",
            ["Statements:Monthly"] = "true",
        };

    protected override string Policies => RandomBook.Policies;

    private ForecastSchedule Schedule => Host.Services.GetRequiredService<ForecastSchedule>();

    private DunningRules Rules => Host.Services.GetRequiredService<DunningRules>();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_sent_is_what_the_forecast_said(int seed)
    {
        ExpectedWarnings.Add("is in no policies file");
        await FillBookAsync(new RandomBook(seed, DateOnly.FromDateTime(Start.UtcDateTime)));
        var from = Host.Clock.GetUtcNow();
        var before = Host.Outbox.Sent.Count;
        var span = ForecastSpan.OfDays(from, Days);
        var forecasts = await ForecastAsync(span);
        var texts = await TextsAsync(forecasts);

        await RunUntilAsync(span.Until);

        var messages = forecasts.SelectMany(forecast => forecast.Messages).ToList();
        var sent = await SentSinceAsync(forecasts.Select(forecast => forecast.Customer), from);
        output.WriteLine($"Seed {seed}: {sent.Count} messages sent, {messages.Count} foreseen");
        output.WriteLine(
            string.Join(", ", messages.CountBy(m => $"{m.Tone} {m.Channel}").Select(c => $"{c.Key}: {c.Value}").Order())
        );
        Assert.True(sent.Count > 40, $"{sent.Count} messages are too few to prove anything.");
        Assert.Equal(messages.Select(Row).Order(), sent.Select(Row).Order());
        Assert.Equal(texts.Order(), Host.Outbox.Sent.Skip(before).Select(item => Text(item, messages)).Order());
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

    private async Task<IReadOnlyList<CustomerForecast>> ForecastAsync(ForecastSpan span)
    {
        List<CustomerForecast> forecasts = [];
        var reader = Host.Services.GetRequiredService<ForecastReader>();
        foreach (var shard in Table.Shards.All)
        {
            await foreach (var account in Table.ReadAllAsync(shard, CancellationToken.None))
            {
                var facts = await reader.ReadAsync(account, withStatements: true, CancellationToken.None);
                forecasts.Add(MessageForecast.Create(Rules, Schedule, facts, span));
            }
        }
        return forecasts;
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

    private async Task<IReadOnlyList<SentMessage>> SentSinceAsync(
        IEnumerable<CustomerId> customers,
        DateTimeOffset from
    )
    {
        List<SentMessage> sent = [];
        foreach (var customer in customers)
        {
            var rows = await Table.ReadMessagesAsync(customer, CancellationToken.None);
            sent.AddRange(rows.Sent.Values.Select(row => row.Value).Where(message => message.At > from));
        }
        return sent;
    }

    private static string Row(ForecastMessage message) =>
        Row(
            message.Request.Notice,
            message.At,
            message.Request.Check.NamedIn(message.Request.Notice).Select(invoice => invoice.Value.Id.Invoice)
        );

    private static string Row(SentMessage message) => Row(message.Notice, message.At, message.InvoiceIds);

    private static string Row(Notice notice, DateTimeOffset at, IEnumerable<string> named)
    {
        var lines = string.Join(' ', notice.Lines.Select(line => $"{line.InvoiceId}:{line.Before}>{line.Step}"));
        var names = string.Join(' ', named);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd HH:mm} {notice.CustomerId} {notice.Id} {notice.Channel} {notice.Tone} [{lines}] {names}"
        );
    }

    /// <summary>Recipients and text of each message, made now by the channel that will send it.</summary>
    private async Task<IReadOnlyList<string>> TextsAsync(IEnumerable<CustomerForecast> forecasts)
    {
        List<string> texts = [];
        foreach (var message in forecasts.SelectMany(forecast => forecast.Messages))
        {
            var prepared = await ChannelOf(message).PrepareAsync(message.Request, CancellationToken.None);
            texts.Add(
                prepared is PreparedSms sms ? Text(message.At, [sms.Sms.To], sms.Sms.Body)
                : prepared is PreparedEmail { Email: var email }
                    ? Text(
                        message.At,
                        email.To.Concat(email.Cc).Select(mailbox => mailbox.Address),
                        email.Text.Subject,
                        message.Channel is Channel.Email ? email.Text.Plain : null
                    )
                : throw new InvalidOperationException($"{prepared.GetType()} is unknown.")
            );
        }
        return texts;
    }

    private INoticeChannel ChannelOf(ForecastMessage message) =>
        message.Channel switch
        {
            Channel.Email => Host.Services.GetRequiredService<EmailChannel>(),
            Channel.Sms => Host.Services.GetRequiredService<SmsChannel>(),
            _ => Host.Services.GetRequiredService<EscalationChannel>(),
        };

    /// <summary>
    /// A copy or a task quotes the messages that were sent before it: their texts are not known beforehand.
    /// </summary>
    private static string Text(SentItem item, IReadOnlyList<ForecastMessage> messages)
    {
        if (item is SentSms sms)
            return Text(sms.SentAt, [sms.To], sms.Body);
        var email = (SentEmail)item;
        var isQuote = messages.Any(message =>
            message.Channel is Channel.Escalation
            && message.Request.Notice.OperationId.ToString().Equals(email.Id, StringComparison.OrdinalIgnoreCase)
        );
        return Text(
            email.SentAt,
            email.To.Concat(email.Cc).Select(AddressOf),
            email.Subject,
            isQuote ? null : email.Plain
        );
    }

    private static string AddressOf(string mailbox) =>
        mailbox[(mailbox.IndexOf('<', StringComparison.Ordinal) + 1)..].TrimEnd('>');

    private static string Text(DateTimeOffset at, IEnumerable<string> to, string subject, string? body = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd HH:mm} {string.Join(',', to)} {subject}\n{body?.ReplaceLineEndings("\n").Trim()}"
        );
}
