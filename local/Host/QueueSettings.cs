using System.Globalization;
using System.Text.Json;

namespace Dunning.Local;

/// <summary><c>extensions.queues</c> of host.json; the defaults are those of the Functions host.</summary>
/// <param name="BatchSize">Messages received at once, 1 to 32.</param>
/// <param name="NewBatchThreshold">The next batch is received when no more than this many messages are running.</param>
/// <param name="MaxDequeueCount">Attempts before a message goes to the poison queue.</param>
/// <param name="VisibilityTimeout">How long a failed message waits for its next attempt.</param>
/// <param name="MaxPollingInterval">
/// The longest pause between polls of an empty queue; the local host waits at most a second.
/// </param>
/// <param name="Base64">Message texts are base64.</param>
public sealed record QueueSettings(
    int BatchSize,
    int NewBatchThreshold,
    int MaxDequeueCount,
    TimeSpan VisibilityTimeout,
    TimeSpan MaxPollingInterval,
    bool Base64
)
{
    private static readonly JsonDocumentOptions _lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static QueueSettings Defaults { get; } = new(16, 8, 5, TimeSpan.Zero, TimeSpan.FromMinutes(1), true);

    public static QueueSettings FromHostJson(string json)
    {
        using var host = JsonDocument.Parse(json, _lenient);
        if (
            !host.RootElement.TryGetProperty("extensions", out var extensions)
            || !extensions.TryGetProperty("queues", out var queues)
        )
            return Defaults;

        int Number(string name, int defaultValue) =>
            queues.TryGetProperty(name, out var value) ? value.GetInt32() : defaultValue;
        string? Text(string name) => queues.TryGetProperty(name, out var value) ? value.GetString() : null;
        TimeSpan Span(string name, TimeSpan defaultValue) =>
            Text(name) is { } span ? TimeSpan.Parse(span, CultureInfo.InvariantCulture) : defaultValue;

        var batchSize = Number("batchSize", Defaults.BatchSize);
        return new(
            batchSize,
            Number("newBatchThreshold", batchSize / 2),
            Number("maxDequeueCount", Defaults.MaxDequeueCount),
            Span("visibilityTimeout", Defaults.VisibilityTimeout),
            Span("maxPollingInterval", Defaults.MaxPollingInterval),
            !string.Equals(Text("messageEncoding"), "none", StringComparison.OrdinalIgnoreCase)
        );
    }
}
