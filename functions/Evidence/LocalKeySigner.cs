using System.Security.Cryptography;
using System.Text;

namespace Dunning.Evidence;

/// <summary>
/// Signs with a key in a file (PKCS#8, PEM), which it makes on first use. For local runs: who can read the file can
/// sign in the name of the app.
/// </summary>
internal sealed class LocalKeySigner(string path) : IManifestSigner
{
    private const int MaxLockAttempts = 200;
    private static readonly TimeSpan _betweenAttempts = TimeSpan.FromMilliseconds(50);
    private static readonly string? _p256 = ECCurve.NamedCurves.nistP256.Oid.Value;
    private string? _pem;

    public async Task<EvidenceKey> GetPublicKeyAsync(CancellationToken cancellationToken)
    {
        using var key = await KeyAsync(cancellationToken);
        return EvidenceKey.From(key);
    }

    public async Task<ManifestSignature> SignAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        using var key = await KeyAsync(cancellationToken);
        var publicKey = EvidenceKey.From(key);
        var signature = key.SignData(manifest.Span, HashAlgorithmName.SHA256);
        return ManifestSignature.Create($"local:{publicKey.Thumbprint}", publicKey, signature);
    }

    /// <summary>An object for each call: <see cref="ECDsa"/> is not safe for several threads.</summary>
    private async Task<ECDsa> KeyAsync(CancellationToken cancellationToken)
    {
        // Several calls at once read the same file.
        var pem = _pem ??= await ReadOrMakeAsync(cancellationToken);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value == _p256)
                return key;
        }
        catch (Exception invalid) when (invalid is CryptographicException or ArgumentException)
        {
            // The same message for all that is wrong with the file: those of .NET might quote it.
        }
        key.Dispose();
        _pem = null;
        throw new EvidenceKeyException(
            $"The file {path} does not contain a private key on P-256 in PEM format. Restore it from a backup, or "
                + "delete it: then a new key is made, with another thumbprint than that of earlier packs."
        );
    }

    private async Task<string> ReadOrMakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(path))
                await MakeAsync(cancellationToken);
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceKeyException(
                $"The key file {path} can be neither read nor made: check the permissions of its folder.",
                cause: failure
            );
        }
    }

    /// <summary>
    /// Only a whole file gets the name. Moving it there without overwriting is not enough: on Unix .NET first looks
    /// whether there is a file of the name, so that two processes could each replace the other's key.
    /// </summary>
    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var alone = await LockAsync(cancellationToken);
        if (File.Exists(path))
            return;
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                WriteForOwner(draft, key.ExportPkcs8PrivateKeyPem() + "\n");
            File.Move(draft, path, overwrite: false);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The system frees the lock when the process ends, whichever way. The empty file stays.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        // The time of the system, also where the clock of the app stands still: another process holds the lock.
        using var pause = new PeriodicTimer(_betweenAttempts);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < MaxLockAttempts)
            {
                await pause.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    private static void WriteForOwner(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // On Windows the file has the permissions of its folder.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}
