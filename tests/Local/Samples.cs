using System.Threading.Channels;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Tests.Local;

/// <summary>Records the calls of the sample functions, in order.</summary>
public sealed class CallLog
{
    private readonly Channel<object> _entries = System.Threading.Channels.Channel.CreateUnbounded<object>();

    public void Write(object entry) => _entries.Writer.TryWrite(entry);

    public async Task<T> NextAsync<T>() => (T)await _entries.Reader.ReadAsync(TestTimeout.Token);

    public List<object> TakeAll()
    {
        var entries = new List<object>();
        while (_entries.Reader.TryRead(out var entry))
            entries.Add(entry);
        return entries;
    }
}

public sealed record CountdownMessage(int Left);

public sealed class HttpSamples(TimeProvider clock)
{
    [Function("Greet")]
    public IResult Greet(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "greet/{name}")] HttpRequest request,
        string name
    ) => Results.Text($"{request.Method} {name} at {clock.GetUtcNow():yyyy-MM-dd}");

    [Function("Twice")]
    public static async Task<IResult> Twice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "double/{number}")] HttpRequest request,
        int number,
        CancellationToken cancellationToken
    )
    {
        await Task.Yield();
        return Results.Json(
            new
            {
                number = number * 2,
                request.Path.Value,
                cancellationToken.CanBeCanceled,
            }
        );
    }

    [Function("Secret")]
    public static IResult Secret([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) =>
        Results.Text(request.Method);

    [Function("Broken")]
    public static IResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException($"inner secret of {request.Path}");
}

public sealed class QueueSamples(CallLog callLog, QueueServiceClient queues, SampleQueueNames names)
{
    [Function("Countdown")]
    public async Task Countdown([QueueTrigger("%First%")] CountdownMessage step, CancellationToken cancellationToken)
    {
        callLog.Write(step);
        if (step.Left > 0)
            await queues
                .GetQueueClient(names.Second)
                .SendMessageAsync($$"""{"left":{{step.Left - 1}}}""", cancellationToken);
    }

    [Function("Bounce")]
    public async Task Bounce([QueueTrigger("%Second%")] string text, CancellationToken cancellationToken) =>
        await queues.GetQueueClient(names.First).SendMessageAsync(text, cancellationToken);

    [Function("Fail")]
    public Task Fail([QueueTrigger("%Third%")] CountdownMessage step, string id, long dequeueCount)
    {
        callLog.Write(dequeueCount);
        throw new InvalidOperationException($"{step} of {id} is rejected");
    }
}

public sealed class TimerSamples(CallLog callLog)
{
    [Function("Hourly")]
    public void Hourly([TimerTrigger("%Hours%")] TimerInfo due) => callLog.Write(due);

    [Function("Never")]
    public static Task Never([TimerTrigger("0 0 0 29 2 *")] TimerInfo due) =>
        throw new InvalidOperationException($"never, {due.IsPastDue}");
}

/// <summary>Queue names that only one host uses.</summary>
public sealed record SampleQueueNames(string First, string Second, string Third);
