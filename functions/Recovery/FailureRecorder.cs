using System.Diagnostics;
using Dunning.Monitoring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Dunning.Recovery;

/// <summary>
/// Stores why the function of a queue failed, because the queue only counts attempts, and opens the span of the
/// message. The worker runs it as a middleware, the local host by <see cref="RunAsync"/>.
/// </summary>
public sealed class FailureRecorder(Failures failures) : IFunctionsWorkerMiddleware
{
    /// <summary>
    /// Where the host passes the text of the message as it is in the queue; the function's input may be laid out anew.
    /// </summary>
    private const string MessageText = "QueueTrigger";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        QueueOf(context.FunctionDefinition) is { } queue
        && context.BindingContext.BindingData.GetValueOrDefault(MessageText) is string message
            ? RunAsync(queue, message, () => next(context))
            : next(context);

    /// <summary>
    /// Runs the function of a message. An exception is rethrown, so that the queue retries. The functions of the poison
    /// queues are not recorded: they store the message themselves.
    /// </summary>
    public Task RunAsync(string queue, string message, Func<Task> call) =>
        Queues.All.Contains(queue) ? RecordAsync(queue, message, call) : call();

    private async Task RecordAsync(string queue, string message, Func<Task> call)
    {
        using var span = Telemetry.Spans.StartActivity(queue, ActivityKind.Consumer);
        try
        {
            await call();
        }
        // A timeout of a provider's API is an OperationCanceledException, too, and is stored. The cancellation of a
        // stopping host is not.
        catch (Exception cause)
            when (cause is not OperationCanceledException || cause.InnerException is TimeoutException)
        {
            span?.SetStatus(ActivityStatusCode.Error, cause.GetType().Name);
            await failures.RecordAsync(queue, message, cause);
            throw;
        }
    }

    /// <returns>Null for an HTTP or timer function.</returns>
    private static string? QueueOf(FunctionDefinition function) =>
        function
            .Parameters.SelectMany(parameter => parameter.Properties.Values)
            .OfType<QueueTriggerAttribute>()
            .SingleOrDefault()
            ?.QueueName;
}
