using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dunning.Evidence;

namespace Dunning.Tests.Evidence;

public sealed class EvidencePackTests : IDisposable
{
    private readonly KeySigner _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public async Task A_pack_is_valid_as_it_was_written()
    {
        var result = PackTestData.Check(await PackTestData.WriteAsync(_signer), _signer.PublicKey);

        Assert.Empty(result.Problems);
        Assert.True(result.IsValid);
        Assert.Equal((3, 5, 0, 1), (result.Files, result.Events, result.ErasedEvents, result.Chains));
        Assert.Equal((_signer.PublicKey.Thumbprint, PackTestData.CreatedAt), (result.KeyThumbprint, result.CreatedAt));
    }

    [Fact]
    public async Task The_manifest_is_first_the_files_are_sorted_and_all_have_the_time_of_the_pack()
    {
        using var zip = new ZipArchive(new MemoryStream(await PackTestData.WriteAsync(_signer)));

        Assert.Equal(
            ["manifest.json", "manifest.sig.json", PackTestData.EventsPath, "invoice.pdf", "messages/1.eml"],
            zip.Entries.Select(entry => entry.FullName)
        );
        Assert.All(zip.Entries, entry => Assert.Equal(PackTestData.CreatedAt.DateTime, entry.LastWriteTime.DateTime));
    }

    [Fact]
    public async Task The_same_contents_give_the_same_bytes_apart_from_the_signature()
    {
        var signer = new FixedSigner(await _signer.SignAsync("x"u8.ToArray(), CancellationToken.None));

        Assert.Equal(
            await PackTestData.WriteAsync(signer),
            await PackTestData.WriteAsync(signer, files => files.Reverse())
        );
    }

    [Fact]
    public async Task The_manifest_is_indented_JSON_in_camel_case()
    {
        var manifest = "";
        PackTestData.ReplaceText(
            await PackTestData.WriteAsync(_signer),
            EvidencePath.Manifest,
            text => manifest = text
        );

        Assert.StartsWith(
            "{\n  \"schema\": 1,\n  \"productVersion\": \"1.0.0\",\n  \"createdAt\": \"2026-03-02T09:00:00+00:00\",\n"
                + "  \"subject\": {\n    \"customer\": \"c0123456789abcdef\",\n",
            manifest,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\r', manifest);
        Assert.Equal(5, (int)JsonNode.Parse(manifest)!["chains"]![0]!["events"]!);
    }

    [Fact]
    public async Task A_pack_can_be_written_to_a_response_which_allows_no_synchronous_writing()
    {
        using var response = new AsynchronousStream();
        var (head, _) = PackTestData.Five();

        await EvidencePack.WriteAsync(
            response,
            PackTestData.Contents(head) with
            {
                Chains = [],
            },
            [new EvidenceFile("a.bin", RandomNumberGenerator.GetBytes(300_000))],
            _signer,
            CancellationToken.None
        );

        Assert.Empty(PackTestData.ProblemsOf(response.Written.ToArray()));
    }

    [Theory]
    [InlineData("../a.pdf")]
    [InlineData("a/../../b.pdf")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/a.pdf")]
    [InlineData("a\\b.pdf")]
    [InlineData("a//b.pdf")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData(".hidden")]
    [InlineData("Müller.pdf")]
    [InlineData("a\n.pdf")]
    [InlineData("a.pdf\n")]
    [InlineData("con.txt")]
    [InlineData("x/NUL")]
    [InlineData("manifest.json")]
    [InlineData("Manifest.Sig.json")]
    [InlineData("INVOICE.pdf")]
    public async Task A_path_that_is_not_safe_or_there_twice_is_refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            PackTestData.WriteAsync(_signer, files => files.Add(new EvidenceFile(path, new byte[1])))
        );

    [Fact]
    public async Task A_changed_byte_is_noticed_in_every_file()
    {
        var pack = await PackTestData.WriteAsync(_signer);

        Assert.Equal(
            [(PackProblemCode.FileChanged, "invoice.pdf")],
            PackTestData.ProblemsOf(PackTestData.Replace(pack, "invoice.pdf", _ => [1, 2, 4]))
        );
        Assert.Equal(
            [(PackProblemCode.SignatureInvalid, "manifest.sig.json")],
            PackTestData.ProblemsOf(
                PackTestData.ReplaceText(
                    pack,
                    "manifest.json",
                    t => t.Replace("The order", "An order", StringComparison.Ordinal)
                )
            )
        );
    }

    [Fact]
    public async Task A_removed_an_added_and_a_renamed_file_are_noticed()
    {
        var pack = await PackTestData.WriteAsync(_signer);

        Assert.Equal(
            [(PackProblemCode.FileMissing, "invoice.pdf")],
            PackTestData.ProblemsOf(PackTestData.Change(pack, all => all.RemoveAll(e => e.Path == "invoice.pdf")))
        );
        Assert.Equal(
            [(PackProblemCode.FileAdded, "more.pdf")],
            PackTestData.ProblemsOf(PackTestData.Change(pack, all => all.Add(("more.pdf", [1]))))
        );
        Assert.Equal(
            [(PackProblemCode.FileChanged, "invoice.pdf")],
            PackTestData.ProblemsOf(PackTestData.Change(pack, all => all[3] = ("Invoice.pdf", all[3].Content)))
        );
    }

    [Theory]
    [InlineData("manifest.json", PackProblemCode.ManifestMissing)]
    [InlineData("manifest.sig.json", PackProblemCode.SignatureMissing)]
    public async Task A_pack_without_manifest_or_signature_is_refused(string path, object code)
    {
        var pack = PackTestData.Change(
            await PackTestData.WriteAsync(_signer),
            all => all.RemoveAll(e => e.Path == path)
        );

        Assert.Equal([((PackProblemCode)code, path)], PackTestData.ProblemsOf(pack));
    }

    [Fact]
    public async Task The_signature_of_another_key_is_known_only_by_its_thumbprint()
    {
        var pack = await PackTestData.WriteAsync(_signer);
        using var other = new KeySigner();

        Assert.Equal(
            [(PackProblemCode.UnknownKey, "manifest.sig.json")],
            PackTestData.ProblemsOf(pack, other.PublicKey)
        );
        Assert.Equal(_signer.PublicKey.Thumbprint, PackTestData.Check(pack).KeyThumbprint);
    }

    [Fact]
    public async Task The_key_of_the_expected_signer_beside_a_signature_of_another_one_does_not_help()
    {
        using var other = new KeySigner();
        var pack = PackTestData.ReplaceText(
            await PackTestData.WriteAsync(other),
            EvidencePath.Signature,
            text =>
            {
                var signature = JsonNode.Parse(text)!;
                signature["publicKey"]!["x"] = _signer.PublicKey.X;
                signature["publicKey"]!["y"] = _signer.PublicKey.Y;
                return signature.ToJsonString();
            }
        );

        Assert.Equal(
            [(PackProblemCode.SignatureInvalid, "manifest.sig.json")],
            PackTestData.ProblemsOf(pack, _signer.PublicKey)
        );
    }

    [Theory]
    [InlineData("Zahlung 3", "Zahlung 4", PackProblemCode.EventChanged, 3)]
    [InlineData("\"number\":3", "\"number\":9", PackProblemCode.EventAdded, 9)]
    public async Task A_changed_event_is_noticed_even_with_new_hashes_and_a_new_signature(
        string from,
        string to,
        object code,
        int number
    )
    {
        var pack = await PackTestData.WriteAsync(_signer);
        using var other = new KeySigner();
        string Forge(string text) => text.Replace(from, to, StringComparison.Ordinal);

        var byOther = await PackTestData.ForgeAsync(pack, PackTestData.EventsPath, Forge, other.Key);
        var byOwner = await PackTestData.ForgeAsync(pack, PackTestData.EventsPath, Forge, _signer.Key);

        Assert.Contains(
            (PackProblemCode.UnknownKey, "manifest.sig.json"),
            PackTestData.ProblemsOf(byOther, _signer.PublicKey)
        );
        var problem = PackTestData.Check(byOwner, _signer.PublicKey).Problems[0];
        Assert.Equal(
            ((PackProblemCode)code, PackTestData.EventsPath, (long?)number),
            (problem.Code, problem.File, problem.Event)
        );
    }

    [Fact]
    public async Task A_removed_and_an_added_line_are_noticed_even_with_new_hashes_and_a_new_signature()
    {
        var pack = await PackTestData.WriteAsync(_signer);
        async Task<IEnumerable<PackProblemCode>> Problems(Func<List<string>, IEnumerable<string>> change)
        {
            var forged = await PackTestData.ForgeAsync(
                pack,
                PackTestData.EventsPath,
                text => string.Concat(change([.. text.Split('\n')[..^1]]).Select(line => line + "\n")),
                _signer.Key
            );
            return PackTestData.Check(forged, _signer.PublicKey).Problems.Select(problem => problem.Code);
        }

        Assert.Equal([PackProblemCode.EventRemoved], await Problems(lines => lines.Where((_, i) => i != 2)));
        Assert.Equal([PackProblemCode.EventRemoved], await Problems(lines => lines[..4]));
        Assert.Equal([PackProblemCode.EventAdded], await Problems(lines => [.. lines, lines[2]]));
        Assert.Equal([PackProblemCode.EventChanged], await Problems(lines => [.. lines, "{}"]));
        Assert.Empty(await Problems(lines => lines.AsEnumerable().Reverse()));
    }

    [Fact]
    public async Task The_events_of_another_invoice_do_not_pass_for_those_of_this_one()
    {
        var (head, events) = PackTestData.Chain(PackTestData.Other, "{}", "{}");
        using var zip = new MemoryStream();
        var lines = EventLines.Write(PackTestData.Other, events);
        await EvidencePack.WriteAsync(
            zip,
            PackTestData.Contents(head),
            [lines with { Path = PackTestData.EventsPath }],
            _signer,
            CancellationToken.None
        );

        Assert.Equal(
            [
                (PackProblemCode.EventAdded, PackTestData.EventsPath),
                (PackProblemCode.EventAdded, PackTestData.EventsPath),
            ],
            PackTestData.ProblemsOf(zip.ToArray())
        );
    }

    [Fact]
    public async Task A_chain_that_the_manifest_names_has_its_file_and_a_file_its_chain()
    {
        var noFile = await PackTestData.WriteAsync(_signer, files => files.RemoveAt(1));
        var noChain = await PackTestData.WriteAsync(
            _signer,
            files =>
                files.Add(EventLines.Write(PackTestData.Other, PackTestData.Chain(PackTestData.Other, "{}").Events))
        );

        Assert.Equal([(PackProblemCode.FileMissing, PackTestData.EventsPath)], PackTestData.ProblemsOf(noFile));
        Assert.Equal(
            [(PackProblemCode.ChainHeadDiffers, EventLines.PathOf(PackTestData.Other.ToString()))],
            PackTestData.ProblemsOf(noChain)
        );
    }

    [Fact]
    public async Task A_line_break_of_Unicode_in_a_text_stays()
    {
        var (head, events) = PackTestData.Chain(PackTestData.Invoice, "{\"text\":\"a\u2028b\u0085c\"}");
        using var zip = new MemoryStream();

        await EvidencePack.WriteAsync(
            zip,
            PackTestData.Contents(head),
            [
                EventLines.Write(
                    PackTestData.Invoice,
                    [events[0] with { Json = events[0].Json.Replace("{", "{\r\n", StringComparison.Ordinal) }]
                ),
            ],
            _signer,
            CancellationToken.None
        );

        Assert.Empty(PackTestData.ProblemsOf(zip.ToArray()));
    }

    private sealed class FixedSigner(ManifestSignature signature) : IManifestSigner
    {
        public Task<EvidenceKey> GetPublicKeyAsync(CancellationToken cancellationToken) =>
            Task.FromResult(signature.PublicKey);

        public Task<ManifestSignature> SignAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
            Task.FromResult(signature);
    }

    /// <summary>As the body of a response of ASP.NET Core.</summary>
    private sealed class AsynchronousStream : Stream
    {
        public MemoryStream Written { get; } = new();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => Written.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Written.WriteAsync(buffer, offset, count, cancellationToken);
    }
}
