namespace Dunning.Invoices;

/// <summary>
/// Assembles one line from chunks. Bytes beyond the maximum length are dropped as they arrive.
/// </summary>
internal sealed class LineBuffer
{
    /// <summary>Room for a byte order mark and a carriage return, which do not count towards the limit.</summary>
    private const int TrimmedBytes = 4;

    private readonly byte[] _bytes = new byte[BulkLines.MaxLineBytes + TrimmedBytes];
    private int _length;
    private bool _overflowed;
    private int _number;

    public void Append(ReadOnlySpan<byte> part)
    {
        var accepted = part[..Math.Min(part.Length, _bytes.Length - _length)];
        accepted.CopyTo(_bytes.AsSpan(_length));
        _length += accepted.Length;
        _overflowed |= accepted.Length < part.Length;
    }

    /// <summary>Ends the line and returns it; null when it is blank.</summary>
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
