using System.IO.Compression;
using System.Security.Cryptography;

namespace Dunning.Evidence;

/// <summary>
/// Reads the files of an unknown archive, never more than the limits allow. It trusts no size that the archive states.
/// </summary>
internal sealed class PackReader(PackLimits limits)
{
    private const int BufferBytes = 80 * 1024;
    private long _left = limits.MaxBytes;

    /// <param name="keepsContent">Whether the content is needed, and not only its hash.</param>
    /// <exception cref="PackTooLargeException">Reading stopped at a limit.</exception>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public PackFile Read(ZipArchiveEntry entry, bool keepsContent)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var kept = new MemoryStream();
        using var stream = entry.Open();
        var buffer = new byte[BufferBytes];
        var bytes = 0L;
        for (int read; (read = stream.Read(buffer)) > 0; bytes += read)
        {
            _left -= read;
            if (_left < 0 || (keepsContent && bytes + read > limits.MaxInMemory))
                throw new PackTooLargeException();
            hash.AppendData(buffer, 0, read);
            if (keepsContent)
                kept.Write(buffer, 0, read);
        }
        return new PackFile(bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), kept.ToArray());
    }
}
