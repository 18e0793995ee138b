using System.Runtime.CompilerServices;
using Dunning.Http;

namespace Dunning.Invoices;

/// <summary>One line of a bulk import.</summary>
/// <param name="Number">From 1, blank lines counted, as an editor shows it.</param>
/// <param name="Json">Empty when the line is too long: no more than its first 64 kB were ever held.</param>
internal readonly record struct BulkLine(int Number, ReadOnlyMemory<byte> Json, bool IsTooLong);

/// <summary>Newline-delimited JSON, read as it comes in: never more than one line is held.</summary>
internal static class BulkLines
{
    public const int MaxLineBytes = 64 * 1024;
    public const int MaxBodyBytes = 20 * 1024 * 1024;
    public const int MaxLines = 50_000;

    private const int ChunkBytes = 32 * 1024;

    /// <param name="body">Inflated, if it came compressed: the limits are of what it inflates to.</param>
    /// <exception cref="UnreadableDocumentException">
    /// 413 <c>too-large</c>, after the lines before the limit were given out.
    /// </exception>
    public static async IAsyncEnumerable<BulkLine> Read(
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var chunk = new byte[ChunkBytes];
        var line = new LineBuffer();
        var total = 0L;
        var given = 0;
        while (await body.ReadAsync(chunk, cancellation) is var length and > 0)
        {
            if ((total += length) > MaxBodyBytes)
                throw TooLarge($"{MaxBodyBytes / (1024 * 1024)} MB");
            var rest = chunk.AsMemory(0, length);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Append(rest.Span[..end]);
                if (line.Take() is { } finished)
                    yield return ++given <= MaxLines ? finished : throw TooLarge($"{MaxLines} lines");
            }
            line.Append(rest.Span);
        }
        if (line.Take() is { } last)
            yield return ++given <= MaxLines ? last : throw TooLarge($"{MaxLines} lines");
    }

    private static UnreadableDocumentException TooLarge(string limit) =>
        new(413, "too-large", $"One import takes at most {limit}: split it.");
}
