using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Monitoring;

/// <summary>
/// Counts what happens from what is written to the table, so that no writer has to count.
/// docs/operations.md names each instrument. A label is one of a few words of ours; never a name, an address, an id or
/// an amount.
/// </summary>
public sealed class Telemetry
{
    public const string Name = "Dunning";

    /// <summary>
    /// One span a queue message. Requests to storage get none: their addresses hold keys, phone numbers among them.
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
        _waiting;

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
        _poisoned = meter.CreateCounter<long>("dunning.messages.poisoned", "{message}");
        _webhooks = meter.CreateCounter<long>("dunning.webhooks", "{request}");
    }

    public void Wrote(CustomerTransaction transaction)
    {
        var planned = transaction
            .Rows.Where(row => row.Version is null)
            .Select(row => row.Value)
            .OfType<Notice>()
            .ToList();
        foreach (var notice in planned)
            _notices.Add(1, Label("outcome", "planned"), Label("channel", Label(notice.Channel)));
        if (planned.Exists(notice => notice.IsReminder))
            WriteLag(transaction);
        foreach (var invoiceEvent in transaction.Rows.Select(row => row.Value).OfType<InvoiceEvent>())
            _events.Add(1, Label("kind", Label(invoiceEvent.Kind)));
        // One message may be told of on many invoices.
        foreach (
            var invoiceEvent in transaction
                .Rows.Select(row => row.Value)
                .OfType<InvoiceEvent>()
                .DistinctBy(e => (e.Kind, e.Details?.GetValueOrDefault("notice")))
        )
            WriteOutcome(invoiceEvent);
        foreach (
            var unsent in transaction
                .Rows.Select(row => row.Value)
                .OfType<InvoiceEvent>()
                .Where(e => e.Kind is EventKind.NotSent)
        )
            _suppressed.Add(1, Label("reason", NonSendReason.ReasonOf(unsent.What)));
    }

    public void RecordHeartbeat(JobHeartbeat beat)
    {
        if (beat.Name == JobHeartbeat.Recover)
        {
            _inDoubt.Record(beat.Counts[JobHeartbeat.InDoubt]);
            _stalled.Record(beat.Counts[JobHeartbeat.Stalled]);
            _waiting.Record(beat.Counts[JobHeartbeat.Poisoned]);
            return;
        }
        _scans.Add(
            1,
            Label("scan", beat.IsOfUpcoming ? "upcoming" : "overdue"),
            Label("failed", beat.Counts[JobHeartbeat.Failed] > 0 ? "true" : "false")
        );
        _due.Add(beat.Counts[JobHeartbeat.Due]);
    }

    /// <param name="queue">One of <see cref="Queues.All"/>.</param>
    public void Poisoned(string queue) => _poisoned.Add(1, Label("queue", queue));

    /// <param name="provider">That of a configured endpoint; null for an address that nobody was given.</param>
    /// <param name="status">What was answered.</param>
    public void Webhook(string? provider, int status) =>
        _webhooks.Add(1, Label("provider", provider ?? "unknown"), Label("status", status));

    /// <summary>From the hour in which a step fell due to now.</summary>
    private void WriteLag(CustomerTransaction transaction)
    {
        foreach (var key in transaction.Rows.Where(row => row.Value is null).Select(row => row.Key))
        {
            if (Keys.HourOfAgenda(key) is { } fellDue)
                _lag.Record((_clock.GetUtcNow() - fellDue).TotalSeconds);
        }
    }

    private void WriteOutcome(InvoiceEvent invoiceEvent)
    {
        if (
            invoiceEvent.Kind
                is EventKind.Sent
                    or EventKind.NotSent
                    or EventKind.Rejected
                    or EventKind.Postponed
                    or EventKind.InDoubt
            && invoiceEvent.Details?.GetValueOrDefault("channel") is { } channel
        )
            _notices.Add(1, Label("outcome", Label(invoiceEvent.Kind)), Label("channel", channel));
    }

    private static KeyValuePair<string, object?> Label(string name, object value) => new(name, value);

    private static string Label<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
