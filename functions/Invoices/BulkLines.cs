using System.Runtime.CompilerServices;
using Dunning.Http;

namespace Dunning.Invoices;

/// <summary>One line of a bulk import.</summary>
/// <param name="Number">Line number as an editor shows it: from 1, counting blank lines.</param>
/// <param name="Json">UTF-8; empty when the line is too long.</param>
internal readonly record struct BulkLine(int Number, ReadOnlyMemory<byte> Json, bool IsTooLong);

/// <summary>Streams newline-delimited JSON, so that only one line is held in memory.</summary>
internal static class BulkLines
{
    public const int MaxLineBytes = 64 * 1024;
    public const int MaxBodyBytes = 20 * 1024 * 1024;
    public const int MaxLines = 50_000;

    private const int ChunkBytes = 32 * 1024;

    /// <param name="body">Decompressed: the limits apply to the decompressed size.</param>
    /// <exception cref="UnreadableDocumentException">
    /// 413 <c>too-large</c>, after the lines before the limit were returned.
    /// </exception>
    public static async IAsyncEnumerable<BulkLine> Read(
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var chunk = new byte[ChunkBytes];
        var line = new LineBuffer();
        var totalBytes = 0L;
        var lineCount = 0;
        while (await body.ReadAsync(chunk, cancellationToken) is var length and > 0)
        {
            if ((totalBytes += length) > MaxBodyBytes)
                throw TooLarge($"{MaxBodyBytes / (1024 * 1024)} MB");
            var rest = chunk.AsMemory(0, length);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Append(rest.Span[..end]);
                if (line.Take() is { } finished)
                    yield return ++lineCount <= MaxLines ? finished : throw TooLarge($"{MaxLines} lines");
            }
            line.Append(rest.Span);
        }
        if (line.Take() is { } last)
            yield return ++lineCount <= MaxLines ? last : throw TooLarge($"{MaxLines} lines");
    }

    private static UnreadableDocumentException TooLarge(string limit) =>
        new(413, "too-large", $"An import may hold at most {limit}; split it into several requests.");
}
