using System.IO.Compression;
using Dunning.Receivables.Storage;

namespace Dunning.Evidence;

/// <summary>
/// Checks a pack that may come from anywhere: the signature, each file's hash, and the chain of each invoice's events.
/// It unpacks nothing to disk.
/// </summary>
internal sealed class EvidencePackCheck
{
    private readonly List<PackProblem> _problems = [];
    private readonly EvidenceKey? _expectedKey;
    private readonly PackLimits _limits;
    private readonly PackReader _reader;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private ManifestSignature? _signature;
    private EvidenceManifest? _manifest;
    private Dictionary<string, ManifestChain> _chains = [];
    private int _events;
    private int _erasedEvents;

    private EvidencePackCheck(EvidenceKey? expectedKey, PackLimits limits)
    {
        _expectedKey = expectedKey;
        _limits = limits;
        _reader = new PackReader(limits);
    }

    /// <param name="zip">Seekable.</param>
    /// <param name="expectedKey">
    /// Null when it is unknown: then any key is accepted, and the reader has to compare the thumbprint.
    /// </param>
    public static PackCheckResult Check(Stream zip, EvidenceKey? expectedKey, PackLimits? limits = null)
    {
        var check = new EvidencePackCheck(expectedKey, limits ?? PackLimits.Default);
        try
        {
            check.Read(zip);
        }
        catch (PackTooLargeException)
        {
            check.Add(PackProblemCode.TooLarge);
        }
        // What ZipArchive throws at damaged directories and headers, depending on where they are damaged.
        catch (Exception damaged)
            when (damaged is IOException or InvalidDataException or ArgumentException or NotSupportedException)
        {
            check.Add(PackProblemCode.UnreadableZip);
        }
        return check.Result();
    }

    private PackCheckResult Result() =>
        new(
            _problems,
            _signature?.PublicKey.Thumbprint,
            _manifest?.CreatedAt,
            _manifest?.Files.Count ?? 0,
            _events,
            _erasedEvents,
            _manifest?.Chains.Count ?? 0
        );

    private void Read(Stream zip)
    {
        if (zip.Length > _limits.MaxBytes || !ZipDirectory.IsWithin(zip, _limits.MaxFiles))
            throw new PackTooLargeException();
        zip.Seek(0, SeekOrigin.Begin);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            if (!EvidencePath.IsSafe(entry.FullName) || !_entries.TryAdd(entry.FullName, entry))
                Add(PackProblemCode.FileAdded, entry.FullName);
        }
        if (!ReadManifest())
            return;
        _chains = _manifest!.Chains.DistinctBy(chain => chain.Invoice).ToDictionary(chain => chain.Invoice);
        foreach (var file in _manifest.Files.DistinctBy(file => file.Path, StringComparer.OrdinalIgnoreCase))
            CheckFile(file);
        CheckUnlisted();
        CheckChainFiles();
    }

    private bool ReadManifest()
    {
        if (!_entries.Remove(EvidencePath.Manifest, out var entry))
        {
            Add(PackProblemCode.ManifestMissing, EvidencePath.Manifest);
            return false;
        }
        var manifest = ReadEntry(entry, keepsContent: true)?.Content ?? default;
        CheckSignature(manifest);
        _manifest = EvidenceManifest.TryParse(manifest.Span);
        if (_manifest is null)
            Add(PackProblemCode.ManifestUnreadable, EvidencePath.Manifest);
        return _manifest is not null;
    }

    private void CheckSignature(ReadOnlyMemory<byte> manifest)
    {
        if (!_entries.Remove(EvidencePath.Signature, out var entry))
        {
            Add(PackProblemCode.SignatureMissing, EvidencePath.Signature);
            return;
        }
        var file = ReadEntry(entry, keepsContent: true);
        _signature = file is null ? null : ManifestSignature.TryParse(file.Content.Span);
        if (_signature is null || !_signature.IsOf(manifest.Span))
            Add(PackProblemCode.SignatureInvalid, EvidencePath.Signature);
        if (
            _signature is not null
            && _expectedKey is not null
            && _signature.PublicKey.Thumbprint != _expectedKey.Thumbprint
        )
            Add(PackProblemCode.UnknownKey, EvidencePath.Signature);
    }

    private void CheckFile(ManifestFile listed)
    {
        if (!_entries.Remove(listed.Path, out var entry))
        {
            Add(PackProblemCode.FileMissing, listed.Path);
            return;
        }
        var invoice = EventLines.InvoiceOf(listed.Path);
        var file = ReadEntry(entry, keepsContent: invoice is not null);
        if (file is null || entry.FullName != listed.Path || file.Bytes != listed.Bytes || file.Sha256 != listed.Sha256)
            Add(PackProblemCode.FileChanged, listed.Path);
        if (file is not null && invoice is not null)
            CheckEvents(listed.Path, invoice, file.Content);
    }

    private void CheckEvents(string path, string invoice, ReadOnlyMemory<byte> content)
    {
        var head = _chains.TryGetValue(invoice, out var chain) ? new ChainHead(chain.Events, chain.Link) : null;
        var events = EventLines.Read(content);
        var check = EventChain.Check(head, events);
        _events += check.Events;
        _erasedEvents += check.Erased;
        foreach (var problem in check.Problems)
            Add(CodeOf(problem.Code), path, problem.Number, problem.Key, problem.Count);
        // A whole chain of another invoice is consistent in itself.
        var prefix = $"e_{invoice.Replace('-', '_')}_";
        foreach (
            var foreign in events.Where(e => e.Json.Length > 0 && !e.Key.StartsWith(prefix, StringComparison.Ordinal))
        )
            Add(PackProblemCode.EventAdded, path, number: null, foreign.Key);
    }

    private void CheckUnlisted()
    {
        foreach (var path in _entries.Keys)
            Add(PackProblemCode.FileAdded, path);
    }

    /// <summary>A chain whose file is missing from the manifest, too, would go unnoticed otherwise.</summary>
    private void CheckChainFiles()
    {
        var paths = _manifest!.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in _manifest.Chains.Select(chain => EventLines.PathOf(chain.Invoice)))
        {
            if (!paths.Contains(path))
                Add(PackProblemCode.FileMissing, path);
        }
    }

    /// <returns>Null when the compressed data are damaged.</returns>
    private PackFile? ReadEntry(ZipArchiveEntry entry, bool keepsContent)
    {
        try
        {
            return _reader.Read(entry, keepsContent);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static PackProblemCode CodeOf(ChainProblemCode code) =>
        code switch
        {
            ChainProblemCode.Changed => PackProblemCode.EventChanged,
            ChainProblemCode.LinkBroken => PackProblemCode.ChainBroken,
            ChainProblemCode.Removed => PackProblemCode.EventRemoved,
            ChainProblemCode.Added => PackProblemCode.EventAdded,
            ChainProblemCode.HeadMissing or ChainProblemCode.HeadDiffers => PackProblemCode.ChainHeadDiffers,
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };

    private void Add(
        PackProblemCode code,
        string? file = null,
        long? number = null,
        string? key = null,
        long count = 1
    ) =>
        _problems.Add(
            new PackProblem(
                code,
                file is null ? null : EvidencePath.Printable(file),
                number,
                key is null ? null : EvidencePath.Printable(key),
                count
            )
        );
}
