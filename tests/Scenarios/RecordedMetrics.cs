using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dunning.Monitoring;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Two customers of £119, due Monday 16 March 2026: one pays between planning and sending.</summary>
public sealed class RecordedMetrics : Scenario
{
    protected override int Shards => Dunning.Receivables.Storage.Shards.DefaultCount;

    private readonly ConcurrentQueue<(string Name, double Value, string Labels)> _measurements = new();
    private readonly MeterListener _listener = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var meterFactory = Host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Meter.Scope == meterFactory)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((i, value, labels, _) => Record(i, value, labels));
        _listener.SetMeasurementEventCallback<int>((i, value, labels, _) => Record(i, value, labels));
        _listener.SetMeasurementEventCallback<double>((i, value, labels, _) => Record(i, value, labels));
        _listener.Start();
    }

    [Fact]
    public async Task Metrics_count_what_happens_and_no_label_identifies_a_customer()
    {
        var paid = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("bright", "mia@bright.example")));
        Host.Clock.SetTo(At("2026-03-09T10:30Z"));
        await PlanAsync();
        await StripeAsync(Paid("HF-1", 11900));
        using var forged = await WebhookAsync("{}"u8.ToArray(), "t=1,v1=00");
        using var unknownKey = await WebhookAsync("{}"u8.ToArray(), "t=1,v1=00", key: "guessed-key");
        await Host.PumpAsync();
        await Host.RunTimerAsync(nameof(RequeueStalledNotices));

        Assert.Equal(
            (16, 16),
            (Sum("dunning.scans", "scan=upcoming;failed=false"), Sum("dunning.scans", "scan=overdue;failed=false"))
        );
        Assert.Equal(2, Sum("dunning.scan.due"));
        Assert.Equal([5400, 5400], _measurements.Where(m => m.Name == "dunning.scan.lag").Select(m => m.Value)); // due at 09:00
        Assert.Equal(3, Sum("dunning.notices", "outcome=planned;channel=email")); // two reminders, a thank-you
        Assert.Equal(2, Sum("dunning.notices", "outcome=sent;channel=email"));
        Assert.Equal(1, Sum("dunning.notices", "outcome=notSent;channel=email"));
        Assert.Equal(1, Sum("dunning.invoices.suppressed"));
        Assert.Equal(1, Sum("dunning.events", "kind=settled"));
        Assert.Equal(1, Sum("dunning.webhooks", "provider=stripe;status=200"));
        Assert.Equal(1, Sum("dunning.webhooks", "provider=stripe;status=401"));
        Assert.Equal(1, Sum("dunning.webhooks", "provider=unknown;status=404"));
        Assert.Equal(0, Sum("dunning.notices.in_doubt"));
        Assert.DoesNotContain(
            _measurements,
            m =>
                m.Labels.Contains("HF-", StringComparison.Ordinal)
                || m.Labels.Contains('@', StringComparison.Ordinal)
                || m.Labels.Contains(paid.Split('-')[0], StringComparison.Ordinal)
                || m.Labels.Contains("guesses", StringComparison.Ordinal)
        );
        _listener.Dispose();
    }

    [Fact]
    public async Task Nothing_personal_and_no_key_is_logged()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await AdvanceToAsync("2026-03-23T09:00Z");
        await StripeAsync(Paid("HF-1", 11900));
        using var forged = await WebhookAsync("{}"u8.ToArray(), "t=1,v1=00");
        using var unknownKey = await WebhookAsync("{}"u8.ToArray(), "t=1,v1=00", key: "guessed-key");
        using var searched = await Http.GetAsync("api/invoices?externalId=HF-1");
        await Host.PumpAsync();

        Assert.NotEmpty(Log);
        string[] secrets =
        [
            "amberley",
            "tom@",
            "+4477",
            "7700900123",
            "HF-1",
            "119",
            "whsec",
            "local-stripe-endpoint-key",
            "guessed-key",
        ];
        Assert.DoesNotContain(
            Log,
            line => secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        _measurements.Enqueue(
            (instrument.Name, value, string.Join(';', labels.ToArray().Select(l => $"{l.Key}={l.Value}")))
        );

    private double Sum(string name, string labels = "") =>
        _measurements.Where(m => m.Name == name && (labels.Length == 0 || m.Labels == labels)).Sum(m => m.Value);
}
