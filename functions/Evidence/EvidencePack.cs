using System.IO.Compression;

namespace Dunning.Evidence;

/// <summary>
/// A ZIP of files with a signed list of them. The same contents give the same bytes, apart from the signature, which
/// ECDSA makes different each time.
/// </summary>
internal static class EvidencePack
{
    /// <summary>A regular file that all may read.</summary>
    private const int Attributes = 0x81A4 << 16;

    /// <param name="stream">Need not be seekable, and is only written to asynchronously.</param>
    /// <exception cref="ArgumentException">A path is not safe or not unique, or it is too much for a pack.</exception>
    /// <exception cref="EvidenceKeyException">The key cannot be used; nothing was written.</exception>
    public static async Task WriteAsync(
        Stream stream,
        PackContents contents,
        IReadOnlyList<EvidenceFile> files,
        IManifestSigner signer,
        CancellationToken cancellationToken
    )
    {
        CheckFiles(files);
        var manifest = EvidenceManifest.Create(contents, files).Serialise();
        var signature = await signer.SignAsync(manifest, cancellationToken);
        EvidenceFile[] all =
        [
            new(EvidencePath.Manifest, manifest),
            new(EvidencePath.Signature, signature.Serialise()),
            .. files.OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
        await using var buffer = new WriteBuffer();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in all)
            {
                Add(zip, file, contents.CreatedAt.ToUniversalTime());
                await buffer.DrainAsync(stream, cancellationToken);
            }
        }
        // Closing the archive writes its directory.
        await buffer.DrainAsync(stream, cancellationToken);
    }

    private static void Add(ZipArchive zip, EvidenceFile file, DateTimeOffset createdAt)
    {
        var entry = zip.CreateEntry(file.Path, CompressionLevel.Optimal);
        entry.LastWriteTime = createdAt;
        entry.ExternalAttributes = Attributes;
        using var content = entry.Open();
        content.Write(file.Content.Span);
    }

    private static void CheckFiles(IReadOnlyList<EvidenceFile> files)
    {
        var limits = PackLimits.Default;
        if (files.Count + 2 > limits.MaxFiles || files.Sum(file => (long)file.Content.Length) > limits.MaxBytes / 2)
            throw new ArgumentException(
                "A pack holds at most 50,000 files and 1 GB: choose fewer invoices.",
                nameof(files)
            );
        if (files.FirstOrDefault(file => file.Content.Length > LimitOf(file)) is { } large)
            throw new ArgumentException($"{large.Path} is too large for a pack.", nameof(files));
        // Those of the manifest and its signature are taken.
        var paths = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            EvidencePath.Manifest,
            EvidencePath.Signature,
        };
        foreach (var file in files)
        {
            if (!EvidencePath.IsSafe(file.Path) || !paths.Add(file.Path))
                throw new ArgumentException($"The path '{file.Path}' is not safe, or is there twice.", nameof(files));
        }
    }

    /// <summary>The check of a pack has to read the events of an invoice as a whole.</summary>
    private static int LimitOf(EvidenceFile file) =>
        EventLines.InvoiceOf(file.Path) is null ? int.MaxValue : PackLimits.Default.MaxInMemory;
}
