using Dunning.Evidence;
using Dunning.Local;
using Dunning.Local.Evidence;

namespace Dunning.Tests.Evidence;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dunning-verify-").FullName;
    private readonly KeySigner _signer = new();

    public void Dispose()
    {
        _signer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_valid_pack_is_summed_up_in_a_line()
    {
        var pack = Save("pack.zip", await PackTestData.WriteAsync(_signer));
        var key = Save("public.jwk", EvidenceJson.Write(_signer.PublicKey));
        var thumbprint = _signer.PublicKey.Thumbprint;

        Assert.Equal(
            (
                0,
                $"valid: 3 files, 5 events in 1 chains, signed by key {thumbprint} on 2026-03-02; compare the thumbprint "
                    + "with the one your deployment shows.\n"
            ),
            Run(pack, null)
        );
        Assert.Equal(
            (
                0,
                $"valid: 3 files, 5 events in 1 chains, signed by key {thumbprint} on 2026-03-02, which is the expected key.\n"
            ),
            Run(pack, key)
        );
    }

    [Fact]
    public async Task Each_problem_is_a_line_with_the_name_of_the_file()
    {
        var changed = PackTestData.ReplaceText(
            await PackTestData.WriteAsync(_signer),
            PackTestData.EventsPath,
            text => text.Replace("Zahlung 3", "Zahlung 4", StringComparison.Ordinal)
        );
        using var other = new KeySigner();

        var (exitCode, output) = Run(
            Save("pack.zip", changed),
            Save("public.jwk", EvidenceJson.Write(other.PublicKey))
        );

        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "manifest.sig.json: the pack is signed by another key than the expected one.",
                $"{PackTestData.EventsPath} was changed.",
                $"{PackTestData.EventsPath}: event 3 ({PackTestData.KeyOf(PackTestData.Invoice, 3)}) was changed or cannot be read.",
                "The pack is not valid.",
            ],
            output.TrimEnd().Split('\n')
        );
    }

    [Fact]
    public void Every_problem_has_words()
    {
        var texts = Enum.GetValues<PackProblemCode>()
            .Select(code => PackProblemText.Of(new PackProblem(code, "a.pdf", 1, "k")))
            .ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.All(texts, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_missing_or_no_key_is_named()
    {
        var pack = Save("pack.zip", await PackTestData.WriteAsync(_signer));

        var missing = Assert.Throws<CannotRunHereException>(() => Run(Path.Combine(_folder, "none.zip"), null));
        var noKey = Assert.Throws<CannotRunHereException>(() => Run(pack, pack));

        Assert.Contains("none.zip", missing.Message, StringComparison.Ordinal);
        Assert.Contains("pack.zip is not the public key", noKey.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_names_the_pack_and_the_key()
    {
        var options = Options.Parse(["verify", "pack.zip", "--key", "public.jwk"]);

        Assert.Equal(("pack.zip", "public.jwk"), (options.Verify, options.Key));
        Assert.Null(Options.Parse(["verify", "pack.zip"]).Key);
        Assert.Throws<CannotRunHereException>(() => Options.Parse(["verify"]));
    }

    private string Save(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static (int ExitCode, string Output) Run(string pack, string? key)
    {
        using var output = new StringWriter { NewLine = "\n" };
        return (VerifyCommand.Run(pack, key, output), output.ToString());
    }
}
