namespace Dunning.Tests.Invoices;

/// <summary>A stream of one gigabyte without a line break, generated on reading.</summary>
internal sealed class EndlessLine : Stream
{
    private const long Gigabyte = 1L << 30;

    public long Given { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => Given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = (int)Math.Min(count, Gigabyte - Given);
        buffer.AsSpan(offset, length).Fill((byte)'x');
        Given += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = (int)Math.Min(buffer.Length, Gigabyte - Given);
        buffer.Span[..length].Fill((byte)'x');
        Given += length;
        return ValueTask.FromResult(length);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
