using System.Buffers.Binary;

namespace Dunning.Evidence;

/// <summary>
/// Reads the end of a ZIP (PKWARE APPNOTE 4.3.16) before <see cref="System.IO.Compression.ZipArchive"/> does, which
/// makes an object of every entry that the file names.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const int EndBytes = 22;
    private const int MaxComment = ushort.MaxValue;

    /// <summary>An entry of a safe name without extra fields has at most so many bytes in the directory.</summary>
    private const int MaxEntryBytes = 46 + 1024;

    /// <returns>
    /// True for an archive whose directory is small enough to be read. False also for ZIP64, which no pack needs: it
    /// has a second directory end, with sizes of its own.
    /// </returns>
    /// <exception cref="InvalidDataException">It is no ZIP.</exception>
    public static bool IsWithin(Stream zip, int maxEntries)
    {
        var end = ReadEnd(zip);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(4));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        if (entries == ushort.MaxValue || disk == ushort.MaxValue || start == uint.MaxValue)
            return false;
        return entries <= maxEntries && zip.Length - start <= (long)MaxEntryBytes * (entries + 64);
    }

    /// <summary>The last end record in the file, as ZipArchive searches for it.</summary>
    private static byte[] ReadEnd(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndBytes + MaxComment)];
        zip.Seek(-tail.Length, SeekOrigin.End);
        zip.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndSignature)
                return tail[at..(at + EndBytes)];
        }
        throw new InvalidDataException("The file has no ZIP directory.");
    }
}
