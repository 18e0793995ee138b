using Dunning.Evidence;

namespace Dunning.Tests.Evidence;

public sealed class LocalKeySignerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dunning-key-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys", "evidence.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_key_is_made_once_and_only_its_owner_can_read_it()
    {
        var manifest = "manifest"u8.ToArray();

        var first = await new LocalKeySigner(KeyFile).SignAsync(manifest, CancellationToken.None);
        var second = await new LocalKeySigner(KeyFile).SignAsync(manifest, CancellationToken.None);

        Assert.Equal(first.PublicKey, second.PublicKey);
        Assert.Equal(first.PublicKey, await new LocalKeySigner(KeyFile).GetPublicKeyAsync(CancellationToken.None));
        Assert.True(first.IsOf(manifest) && second.IsOf(manifest));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(KeyFile)!, "*.pem*").Length);
        Assert.StartsWith(
            "-----BEGIN PRIVATE KEY-----",
            await File.ReadAllTextAsync(KeyFile),
            StringComparison.Ordinal
        );
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    /// <summary>Signers share nothing but the file, so that two of them are as two processes.</summary>
    [Fact]
    public async Task Several_that_start_at_the_same_time_end_with_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            var file = Path.Combine(_folder, $"{round}.pem");
            using var start = new Barrier(8);

            var keys = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        Task.Factory.StartNew(
                                () =>
                                {
                                    start.SignalAndWait();
                                    return new LocalKeySigner(file).GetPublicKeyAsync(CancellationToken.None);
                                },
                                CancellationToken.None,
                                TaskCreationOptions.LongRunning,
                                TaskScheduler.Default
                            )
                            .Unwrap()
                    )
            );

            Assert.Single(keys.Distinct());
        }
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----")]
    public async Task A_file_that_is_no_key_is_named_and_not_quoted(string content)
    {
        var file = Path.Combine(_folder, "broken.pem");
        await File.WriteAllTextAsync(file, content);

        var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
            new LocalKeySigner(file).GetPublicKeyAsync(CancellationToken.None)
        );

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "");
        var file = Path.Combine(_folder, "file", "evidence.pem");

        var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
            new LocalKeySigner(file).GetPublicKeyAsync(CancellationToken.None)
        );

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }
}
