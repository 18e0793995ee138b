using System.Diagnostics;
using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Monitoring;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Tests.Conventions;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Fuzzing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dunning.Tests.Recovery;

/// <summary>
/// On the worker's own pipeline, while all tables but that of the failures are unavailable. <c>PoisonMessages</c> shows
/// the same of the local host.
/// </summary>
public sealed class FailureRecorderTests : IDisposable
{
    /// <summary>Valid, and not as the app would write them: a text that is written anew has another id.</summary>
    private static readonly Dictionary<string, string> _messages = new()
    {
        [Queues.Scan] = """{ "upcoming": true, "shard": "s00" }""",
        [Queues.EmailNotices] = $$"""{ "noticeId": "n1", "customerId": "{{TestData.CustomerId}}" }""",
        [Queues.SmsNotices] = $$"""{"customerId":"{{TestData.CustomerId}}","noticeId":"\u006e1"}""",
        [Queues.EscalationNotices] = $$"""{"customerId":"{{TestData.CustomerId}}","noticeId":"n1","other":null}""",
        [Queues.EmailEvents] = """
            {"eventType": "Microsoft.Communication.EmailDeliveryReportReceived", "data": {"status": "Bounced",
            "messageId": "6e1f2a0c-1d7b-4b5a-9c60-0d6e4c2f7a11", "recipient": "m\u00fcller@buyer.example"}}
            """,
        [Queues.DeliveryReports] = $$"""
            {"customerId": "{{TestData.CustomerId}}", "noticeId": "n1", "address": "a+b@buyer.example",
            "status": "dead", "reason": "550", "at": "2026-03-19T09:00:00.0000000Z"}
            """,
        [Queues.PaymentsReceived] = """{"delivery":"d1","endpoint":"stripe","invoice":null}""",
        [Queues.Documents] = $$"""
            {"customerId": "{{TestData.CustomerId}}", "invoiceId": "i1", "url": "https://docs.example.com/1.pdf", "attempt": 1}
            """,
        [Queues.ReceivedMail] = """{"isCut":false, "blobName":"incoming/m1"}""",
        [Queues.Jobs] = """{ "id": "0123456789abcdef0123456789abcdef" }""",
    };

    private readonly MemoryTable _table = new();
    private readonly TestWorker _worker;
    private readonly FailureRecorder _recorder;

    public FailureRecorderTests()
    {
        _worker = new TestWorker(Configure);
        _recorder = new FailureRecorder(_worker.Services.GetRequiredService<Failures>());
    }

    public static TheoryData<string> AllQueues => [.. Queues.All];

    [Theory]
    [MemberData(nameof(AllQueues))]
    public async Task The_cause_belongs_to_the_message_that_becomes_poison(string queue)
    {
        var message = _messages[queue];

        var cause = await _worker.ReceiveAsync(queue, message);
        var whyNotKept = await _worker.ReceiveAsync(Queues.Poison(queue), message);

        Assert.Contains(FailingStorageTransport.ErrorMessage, cause, StringComparison.Ordinal);
        Assert.Null(whyNotKept);
        var failure = Assert.Single(await StoredAsync());
        Assert.Equal((queue, message), (failure.Queue, failure.Message));
        Assert.Contains(FailingStorageTransport.ErrorMessage, failure.Cause, StringComparison.Ordinal);
        Assert.NotNull(failure.PoisonedAt);
    }

    [Fact]
    public async Task A_message_that_the_worker_cannot_read_has_a_cause()
    {
        await _worker.ReceiveAsync(Queues.Scan, "[ 1 ]");

        var failure = Assert.Single(await StoredAsync());
        Assert.Equal("[ 1 ]", failure.Message);
        Assert.Contains(nameof(FunctionInputConverterException), failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_function_is_not_recorded()
    {
        var cause = await _worker.RunTimerAsync(nameof(RequeueStalledNotices));

        Assert.Contains(FailingStorageTransport.ErrorMessage, cause, StringComparison.Ordinal);
        Assert.Empty(await StoredAsync());
    }

    [Theory]
    [InlineData(Queues.Scan, false, false, true)]
    // The host stops.
    [InlineData(Queues.Scan, true, false, false)]
    // A provider's API timed out.
    [InlineData(Queues.Scan, true, true, true)]
    // Its function stores the message.
    [InlineData(Queues.Scan + "-poison", false, false, false)]
    public async Task Every_exception_is_thrown_again(string queue, bool isCancelled, bool isTimeout, bool isRecorded)
    {
        var inner = isTimeout ? new TimeoutException() : null;
        Exception cause = isCancelled ? new TaskCanceledException("", inner) : new InvalidOperationException();

        var thrown = await Record.ExceptionAsync(() => _recorder.RunAsync(queue, "{}", () => throw cause));

        Assert.Same(cause, thrown);
        Assert.Equal(isRecorded ? 1 : 0, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task A_message_is_a_span_with_the_name_of_its_queue()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        Activity? span = null;

        await Record.ExceptionAsync(() =>
            _recorder.RunAsync(
                Queues.Scan,
                "{}",
                () =>
                {
                    span = Activity.Current;
                    throw new InvalidOperationException();
                }
            )
        );

        Assert.Equal((Queues.Scan, ActivityKind.Consumer), (span!.OperationName, span.Kind));
        Assert.Equal(
            (ActivityStatusCode.Error, nameof(InvalidOperationException), true),
            (span.Status, span.StatusDescription, span.IsStopped)
        );
    }

    [Fact]
    public void The_app_uses_it() =>
        Assert.Contains(
            $"builder.UseMiddleware<{nameof(FailureRecorder)}>();",
            Sources.Text("functions/Program.cs"),
            StringComparison.Ordinal
        );

    public void Dispose() => _worker.Dispose();

    private void Configure(FunctionsApplicationBuilder builder)
    {
        builder.Configuration.AddConfiguration(
            LocalSettings.Build(new Uri("http://127.0.0.1:1/"), "UseDevelopmentStorage=true")
        );
        builder.UseMiddleware<FailureRecorder>();
        builder.Services.AddDunning(builder.Configuration);
        var storage = new FailingStorageTransport();
        storage.Use(builder.Services);
        storage.Fail();
        builder
            .Services.AddSingleton(new Shards(Shards.DefaultCount))
            .AddSingleton(p => new Failures(_table, TimeProvider.System, p.GetRequiredService<Telemetry>()));
    }

    private async Task<IReadOnlyList<Failure>> StoredAsync()
    {
        List<Failure> stored = [];
        await foreach (var row in _table.QueryAsync<TableEntity>())
            stored.Add(Rows.Read<Failure>(row));
        return stored;
    }
}
