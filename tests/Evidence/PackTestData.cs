using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Evidence;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Evidence;

/// <summary>Packs, and what somebody could do to them.</summary>
internal static class PackTestData
{
    public static readonly DateTimeOffset CreatedAt = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly InvoiceId Invoice = InvoiceId.Create(new CustomerId("c0123456789abcdef"), "api", "1042");
    public static readonly InvoiceId Other = InvoiceId.Create(new CustomerId("c0123456789abcdef"), "api", "1043");
    public static readonly string EventsPath = EventLines.PathOf(Invoice.ToString());

    public static string KeyOf(InvoiceId invoice, int at) =>
        $"{Keys.Events(invoice)}{639_000_000_000_000_000 + at:D19}000abcdef";

    /// <summary>Events as they are stored, each with its link, and the head.</summary>
    public static (ChainHead Head, List<ChainedEvent> Events) Chain(InvoiceId invoice, params string[] contents)
    {
        ChainHead? head = null;
        var events = new List<ChainedEvent>();
        foreach (var content in contents)
        {
            var key = KeyOf(invoice, events.Count + 1);
            var link = EventChain.Append(head, key, content);
            head = new ChainHead(link.Number, link.Link);
            events.Add(new ChainedEvent(key, With(content, link)));
        }
        return (head!, events);
    }

    public static string With(string json, ChainLink link)
    {
        var stored = JsonNode.Parse(json)!.AsObject();
        stored[EventChain.Property] = JsonNode.Parse(Rows.Serialise(link));
        return stored.ToJsonString(Rows.Json);
    }

    public static (ChainHead Head, List<ChainedEvent> Events) Five() =>
        Chain(
            Invoice,
            [
                .. Enumerable
                    .Range(1, 5)
                    .Select(i => $$"""{"at":"2026-03-0{{i}}","kind":"sent","text":"Zahlung {{i}}"}"""),
            ]
        );

    public static async Task<byte[]> WriteAsync(IManifestSigner signer, Action<List<EvidenceFile>>? change = null)
    {
        var (head, events) = Five();
        var files = new List<EvidenceFile>
        {
            new("invoice.pdf", new byte[] { 1, 2, 3 }),
            EventLines.Write(Invoice, events),
            new("messages/1.eml", Encoding.UTF8.GetBytes("Subject: Rechnung 1042\n\nGuten Tag")),
        };
        change?.Invoke(files);
        using var zip = new MemoryStream();
        await EvidencePack.WriteAsync(zip, Contents(head), files, signer, CancellationToken.None);
        return zip.ToArray();
    }

    public static PackContents Contents(ChainHead head) =>
        new(
            "1.0.0",
            CreatedAt,
            new EvidenceSubject(Invoice.Customer.ToString(), [Invoice.ToString()]),
            ["The order is missing."],
            [new ManifestChain(Invoice.ToString(), head.Number, head.Link)]
        );

    public static PackCheckResult Check(byte[] zip, EvidenceKey? expectedKey = null) =>
        EvidencePackCheck.Check(new MemoryStream(zip), expectedKey);

    /// <summary>The codes and files of the problems.</summary>
    public static IEnumerable<(PackProblemCode, string?)> ProblemsOf(byte[] zip, EvidenceKey? expectedKey = null) =>
        Check(zip, expectedKey).Problems.Select(problem => (problem.Code, problem.File));

    /// <summary>The archive with other entries.</summary>
    public static byte[] Change(byte[] zip, Action<List<(string Path, byte[] Content)>> change)
    {
        var entries = new List<(string, byte[])>();
        using (var archive = new ZipArchive(new MemoryStream(zip)))
        {
            foreach (var entry in archive.Entries)
                entries.Add((entry.FullName, Read(entry)));
        }
        change(entries);
        using var changed = new MemoryStream();
        using (var archive = new ZipArchive(changed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in entries)
            {
                using var stream = archive.CreateEntry(path).Open();
                stream.Write(content);
            }
        }
        return changed.ToArray();
    }

    public static byte[] Replace(byte[] zip, string path, Func<byte[], byte[]> change) =>
        Change(
            zip,
            entries =>
            {
                var at = entries.FindIndex(entry => entry.Path == path);
                entries[at] = (path, change(entries[at].Content));
            }
        );

    public static byte[] ReplaceText(byte[] zip, string path, Func<string, string> change) =>
        Replace(zip, path, content => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(content))));

    /// <summary>A file changed, with the hash in the manifest and the signature made again.</summary>
    public static Task<byte[]> ForgeAsync(byte[] zip, string path, Func<string, string> change, ECDsa key) =>
        Task.FromResult(Sign(Restate(ReplaceText(zip, path, change), path), key));

    private static byte[] Restate(byte[] zip, string path)
    {
        byte[] content = [];
        Change(zip, entries => content = entries.Single(entry => entry.Path == path).Content);
        return ReplaceText(
            zip,
            EvidencePath.Manifest,
            text =>
            {
                var manifest = JsonNode.Parse(text)!;
                var file = manifest["files"]!.AsArray().Single(file => (string)file!["path"]! == path)!;
                file["bytes"] = content.Length;
                file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
                return manifest.ToJsonString();
            }
        );
    }

    private static byte[] Sign(byte[] zip, ECDsa key)
    {
        byte[] manifest = [];
        Change(zip, entries => manifest = entries.Single(entry => entry.Path == EvidencePath.Manifest).Content);
        var signature = key.SignData(manifest, HashAlgorithmName.SHA256);
        return Replace(
            zip,
            EvidencePath.Signature,
            _ => ManifestSignature.Create("forged", EvidenceKey.From(key), signature).Serialise()
        );
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
