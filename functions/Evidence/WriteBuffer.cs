namespace Dunning.Evidence;

/// <summary>
/// Takes what <see cref="System.IO.Compression.ZipArchive"/> writes synchronously, also by its asynchronous methods: a
/// response of ASP.NET Core allows only asynchronous writing.
/// </summary>
internal sealed class WriteBuffer : Stream
{
    private readonly MemoryStream _written = new();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public async Task DrainAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(_written.GetBuffer().AsMemory(0, (int)_written.Length), cancellationToken);
        _written.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _written.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _written.Write(buffer);

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _written.Dispose();
        base.Dispose(disposing);
    }
}
