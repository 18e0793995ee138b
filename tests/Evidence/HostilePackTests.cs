using System.IO.Compression;
using System.Text;
using Dunning.Evidence;

namespace Dunning.Tests.Evidence;

/// <summary>Archives that somebody made to mislead or to exhaust the reader.</summary>
public sealed class HostilePackTests : IDisposable
{
    private readonly KeySigner _signer = new();

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("this is not a ZIP archive, and longer than the end of one")]
    public void What_is_no_archive_is_refused(string content) =>
        Assert.Equal(
            [(PackProblemCode.UnreadableZip, null)],
            PackTestData.ProblemsOf(Encoding.ASCII.GetBytes(content))
        );

    [Fact]
    public async Task A_second_entry_of_the_same_name_was_added()
    {
        var pack = await PackTestData.WriteAsync(_signer);

        foreach (var path in new[] { "invoice.pdf", "INVOICE.PDF", "manifest.json" })
            Assert.Equal(
                [(PackProblemCode.FileAdded, path)],
                PackTestData.ProblemsOf(PackTestData.Change(pack, all => all.Add((path, [9]))))
            );
        Assert.Equal(
            [(PackProblemCode.FileAdded, "invoice.pdf"), (PackProblemCode.FileChanged, "invoice.pdf")],
            PackTestData.ProblemsOf(PackTestData.Change(pack, all => all.Insert(0, ("invoice.pdf", [9]))))
        );
    }

    [Theory]
    [InlineData("../../etc/cron.d/x", "../../etc/cron.d/x")]
    [InlineData("/etc/passwd", "/etc/passwd")]
    [InlineData("C:\\x.exe", "C:\\x.exe")]
    [InlineData("folder/", "folder/")]
    [InlineData("a\u001b[2Jb", "a?[2Jb")]
    public async Task A_name_that_leads_elsewhere_is_reported_and_nothing_else_happens(string path, string shown) =>
        Assert.Equal(
            [(PackProblemCode.FileAdded, shown)],
            PackTestData.ProblemsOf(
                PackTestData.Change(await PackTestData.WriteAsync(_signer), all => all.Add((path, [])))
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"schema":2}""")]
    [InlineData("""{"schema":1,"schema":1}""")]
    [InlineData(
        """
            {"schema":1,"productVersion":"1","createdAt":"2026-03-02T09:00:00Z","subject":{"customer":"c","invoices":[]},
            "missing":[],"files":[null],"chains":[]}
            """
    )]
    public async Task A_manifest_that_cannot_be_read_is_refused(string manifest) =>
        Assert.Contains(
            (PackProblemCode.ManifestUnreadable, "manifest.json"),
            PackTestData.ProblemsOf(
                PackTestData.ReplaceText(await PackTestData.WriteAsync(_signer), "manifest.json", _ => manifest)
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData(
        """{"algorithm":"none","keyId":"","publicKey":{"kty":"EC","crv":"P-256","x":"","y":""},"signature":""}"""
    )]
    [InlineData(
        """
            {"algorithm":"ES256","keyId":"","publicKey":{"kty":"EC","crv":"P-256",
            "x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
            "signature":"AAAA"}
            """
    )]
    public async Task A_signature_that_cannot_be_read_is_invalid(string signature) =>
        Assert.Equal(
            [(PackProblemCode.SignatureInvalid, "manifest.sig.json")],
            PackTestData.ProblemsOf(
                PackTestData.ReplaceText(await PackTestData.WriteAsync(_signer), "manifest.sig.json", _ => signature),
                _signer.PublicKey
            )
        );

    [Fact]
    public async Task Reading_stops_at_the_limit_whatever_the_archive_says()
    {
        var limits = new PackLimits(MaxBytes: 1 << 20, MaxFiles: 10, MaxInMemory: 1 << 19);
        // 2 MB of zeros are 2 kB in the archive.
        var bomb = await PackTestData.WriteAsync(_signer, f => f.Add(new EvidenceFile("bomb.bin", new byte[2 << 20])));
        var events = await PackTestData.WriteAsync(
            _signer,
            f => f.Add(new EvidenceFile("events/x.ndjson", new byte[600_000]))
        );

        foreach (var pack in new[] { bomb, events })
            Assert.Equal(
                PackProblemCode.TooLarge,
                Assert.Single(EvidencePackCheck.Check(new MemoryStream(pack), null, limits).Problems).Code
            );
    }

    [Fact]
    public async Task A_file_is_not_read_beyond_the_size_that_the_archive_states()
    {
        var limits = new PackLimits(MaxBytes: 1 << 20, MaxFiles: 10, MaxInMemory: 1 << 19);
        var bomb = await PackTestData.WriteAsync(_signer, f => f.Add(new EvidenceFile("bomb.bin", new byte[2 << 20])));

        Assert.Contains(
            PackProblemCode.FileChanged,
            EvidencePackCheck.Check(new MemoryStream(WithStatedSize(bomb)), null, limits).Problems.Select(p => p.Code)
        );
    }

    [Theory]
    [InlineData(11)]
    [InlineData(300)]
    public async Task Too_many_entries_are_not_read(int count)
    {
        var limits = new PackLimits(MaxBytes: 1 << 20, MaxFiles: 10, MaxInMemory: 1 << 20);
        var pack = PackTestData.Change(
            await PackTestData.WriteAsync(_signer),
            all => all.AddRange(Enumerable.Range(0, count).Select(i => ($"f{i}", Array.Empty<byte>())))
        );

        var result = EvidencePackCheck.Check(new MemoryStream(pack), null, limits);

        Assert.Equal(PackProblemCode.TooLarge, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void A_directory_with_more_entries_than_it_says_is_not_read()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 60_000; i++)
                archive.CreateEntry($"f{i}");
        }
        var pack = zip.ToArray();
        Assert.Equal([(PackProblemCode.TooLarge, null)], PackTestData.ProblemsOf(pack));

        pack[^12] = 1;
        pack[^11] = 0;
        Assert.Equal([(PackProblemCode.TooLarge, null)], PackTestData.ProblemsOf(pack));
    }

    /// <summary>Each byte set to another value: the check ends with a result, never with an exception.</summary>
    [Fact]
    public async Task Any_damaged_byte_gives_a_result()
    {
        var pack = await PackTestData.WriteAsync(_signer);
        var unnoticed = 0;
        for (var at = 0; at < pack.Length; at++)
        {
            var damaged = (byte[])pack.Clone();
            damaged[at] ^= (byte)(1 + (at % 255));
            if (PackTestData.Check(damaged, _signer.PublicKey).IsValid)
                unnoticed++;
        }

        // Times, versions, attributes and checksums of entries: none of them is evidence.
        Assert.True(unnoticed < pack.Length / 4, $"{unnoticed} of {pack.Length}");
    }

    [Fact]
    public async Task A_truncated_archive_gives_a_result()
    {
        var pack = await PackTestData.WriteAsync(_signer);

        for (var length = 0; length < pack.Length; length++)
            Assert.False(PackTestData.Check(pack[..length]).IsValid);
    }

    /// <summary>With a stated size below 64 KiB for each entry of the directory.</summary>
    private static byte[] WithStatedSize(byte[] pack)
    {
        var changed = (byte[])pack.Clone();
        for (var at = 0; at + 46 < changed.Length; at++)
        {
            if (changed.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8))
                changed.AsSpan(at + 26, 2).Clear();
        }
        return changed;
    }
}
