namespace Dunning.Invoices;

/// <summary>
/// Gathers one line from chunks, up to the longest that is taken; what goes beyond is dropped as it arrives.
/// </summary>
internal sealed class LineBuffer
{
    /// <summary>What may stand around a line and does not count: a byte order mark and a carriage return.</summary>
    private const int Trimmings = 4;

    private readonly byte[] _bytes = new byte[BulkLines.MaxLineBytes + Trimmings];
    private int _length;
    private bool _overflowed;
    private int _number;

    public void Append(ReadOnlySpan<byte> part)
    {
        var fitting = part[..Math.Min(part.Length, _bytes.Length - _length)];
        fitting.CopyTo(_bytes.AsSpan(_length));
        _length += fitting.Length;
        _overflowed |= fitting.Length < part.Length;
    }

    /// <summary>Ends the line; null when it is blank.</summary>
    public BulkLine? Take()
    {
        _number++;
        var line = Trim(_bytes.AsMemory(0, _length), isFirst: _number == 1);
        var isTooLong = _overflowed || line.Length > BulkLines.MaxLineBytes;
        (_length, _overflowed) = (0, false);
        if (isTooLong)
            return new BulkLine(_number, default, IsTooLong: true);
        return line.Span.ContainsAnyExcept(" \t\r"u8) ? new BulkLine(_number, line.ToArray(), IsTooLong: false) : null;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, bool isFirst)
    {
        if (isFirst && line.Span.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
