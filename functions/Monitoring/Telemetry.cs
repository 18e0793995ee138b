using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Monitoring;

/// <summary>
/// Records metrics from the rows that are written, so that the writers need not count. docs/operations.md lists the
/// instruments. Label values come from fixed sets; never a name, an address, an id or an amount.
/// </summary>
public sealed class Telemetry
{
    public const string Name = "Dunning";

    /// <summary>
    /// One span per queue message. Storage requests get none: their URLs contain row keys, including phone numbers.
    /// </summary>
    public static readonly ActivitySource Spans = new(Name);

    private readonly TimeProvider _clock;
    private readonly Counter<long> _events,
        _notices,
        _suppressed,
        _scans,
        _due,
        _poisoned,
        _webhooks;
    private readonly Histogram<double> _lag;
    private readonly Gauge<int> _inDoubt,
        _stalled,
        _waiting,
        _stopped;

    public Telemetry(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(Name);
        _events = meter.CreateCounter<long>("dunning.events", "{event}");
        _notices = meter.CreateCounter<long>("dunning.notices", "{notice}");
        _suppressed = meter.CreateCounter<long>("dunning.invoices.suppressed", "{invoice}");
        _scans = meter.CreateCounter<long>("dunning.scans", "{shard}");
        _due = meter.CreateCounter<long>("dunning.scan.due", "{customer}");
        _lag = meter.CreateHistogram<double>("dunning.scan.lag", "s");
        _inDoubt = meter.CreateGauge<int>("dunning.notices.in_doubt", "{notice}");
        _stalled = meter.CreateGauge<int>("dunning.notices.stalled", "{notice}");
        _waiting = meter.CreateGauge<int>("dunning.messages.waiting", "{message}");
        _stopped = meter.CreateGauge<int>("dunning.sending.stopped");
        _poisoned = meter.CreateCounter<long>("dunning.messages.poisoned", "{message}");
        _webhooks = meter.CreateCounter<long>("dunning.webhooks", "{request}");
    }

    /// <summary>To be called once a transaction is committed.</summary>
    public void RecordTransaction(CustomerTransaction transaction)
    {
        var planned = transaction
            .Rows.Where(row => row.Version is null)
            .Select(row => row.Value)
            .OfType<Notice>()
            .ToList();
        foreach (var notice in planned)
            _notices.Add(1, Label("outcome", "planned"), Label("channel", Label(notice.Channel)));
        if (planned.Exists(notice => notice.IsReminder))
            RecordLag(transaction);
        foreach (var invoiceEvent in transaction.Rows.Select(row => row.Value).OfType<InvoiceEvent>())
            _events.Add(1, Label("kind", Label(invoiceEvent.Kind)));
        // A message about several invoices has an event on each of them.
        foreach (
            var invoiceEvent in transaction
                .Rows.Select(row => row.Value)
                .OfType<InvoiceEvent>()
                .DistinctBy(e => (e.Kind, e.Notice))
        )
            RecordOutcome(invoiceEvent);
        foreach (
            var notSent in transaction
                .Rows.Select(row => row.Value)
                .OfType<InvoiceEvent>()
                .Where(e => e.Kind is EventKind.NotSent)
        )
            _suppressed.Add(1, Label("reason", Label(notSent.Block!.Value)));
    }

    public void RecordHeartbeat(JobHeartbeat heartbeat)
    {
        if (heartbeat.Name == JobHeartbeat.Recover)
        {
            _inDoubt.Record(heartbeat.Counts[JobHeartbeat.InDoubt]);
            _stalled.Record(heartbeat.Counts[JobHeartbeat.Stalled]);
            _waiting.Record(heartbeat.Counts[JobHeartbeat.Poisoned]);
            _stopped.Record(heartbeat.Counts[JobHeartbeat.Stopped]);
            return;
        }
        _scans.Add(
            1,
            Label("scan", heartbeat.IsOfUpcoming ? "upcoming" : "overdue"),
            Label("failed", heartbeat.Counts[JobHeartbeat.Failed] > 0 ? "true" : "false")
        );
        _due.Add(heartbeat.Counts[JobHeartbeat.Due]);
    }

    /// <param name="queue">One of <see cref="Queues.All"/>.</param>
    public void Poisoned(string queue) => _poisoned.Add(1, Label("queue", queue));

    /// <param name="provider">The provider of the endpoint; null when no such endpoint is configured.</param>
    /// <param name="status">HTTP status of the response.</param>
    public void Webhook(string? provider, int status) =>
        _webhooks.Add(1, Label("provider", provider ?? "unknown"), Label("status", status));

    /// <summary>The time from the hour in which a step fell due to now: deleted agenda rows hold that hour.</summary>
    private void RecordLag(CustomerTransaction transaction)
    {
        foreach (var key in transaction.Rows.Where(row => row.Value is null).Select(row => row.Key))
        {
            if (Keys.HourOfAgenda(key) is { } dueHour)
                _lag.Record((_clock.GetUtcNow() - dueHour).TotalSeconds);
        }
    }

    private void RecordOutcome(InvoiceEvent invoiceEvent)
    {
        if (
            invoiceEvent.Kind
                is EventKind.Sent
                    or EventKind.NotSent
                    or EventKind.Rejected
                    or EventKind.Postponed
                    or EventKind.InDoubt
            && invoiceEvent is { Notice: not null, Channels: [var channel] }
        )
            _notices.Add(1, Label("outcome", Label(invoiceEvent.Kind)), Label("channel", channel.Name()));
    }

    private static KeyValuePair<string, object?> Label(string name, object value) => new(name, value);

    private static string Label<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
