using System.Text;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence;

/// <summary>
/// The files <c>events/&lt;invoice&gt;.ndjson</c>: one stored event a line, exactly as it is stored, so that its hash
/// can be computed again.
/// </summary>
internal static class EventLines
{
    private const string Prefix = "events/";
    private const string Suffix = ".ndjson";

    public static string PathOf(string invoice) => Prefix + invoice + Suffix;

    /// <summary>The id of the invoice whose events the file has; null for any other file.</summary>
    public static string? InvoiceOf(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) && path.EndsWith(Suffix, StringComparison.Ordinal)
            ? path[Prefix.Length..^Suffix.Length]
            : null;

    public static EvidenceFile Write(InvoiceId invoice, IEnumerable<ChainedEvent> events)
    {
        var text = new StringBuilder();
        foreach (var stored in events)
            text.Append(
                $$"""{"key":{{JsonSerializer.Serialize(stored.Key)}},"event":{{SingleLine(stored.Json)}}}""" + "\n"
            );
        return new EvidenceFile(PathOf(invoice.ToString()), Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>An unreadable line becomes an event without content, which the check of the chain refuses.</summary>
    public static IReadOnlyList<ChainedEvent> Read(ReadOnlyMemory<byte> content)
    {
        var events = new List<ChainedEvent>();
        for (var (rest, line) = (content, 1); rest.Length > 0; line++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            events.Add(ReadLine(text) ?? new ChainedEvent($"line {line}", ""));
        }
        return events;
    }

    private static ChainedEvent? ReadLine(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return
                json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("key", out var key)
                && key.ValueKind is JsonValueKind.String
                && root.TryGetProperty("event", out var stored)
                && root.GetPropertyCount() == 2
                ? new ChainedEvent(key.GetString()!, stored.GetRawText())
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The latter: half of a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }

    /// <summary>A line break in JSON stands between tokens, where any white space means the same.</summary>
    private static string SingleLine(string json) => json.Replace('\r', ' ').Replace('\n', ' ');
}
