using System.Security.Cryptography;
using Dunning.Evidence;

namespace Dunning.Tests.Evidence;

/// <summary>Signs with a key in memory.</summary>
internal sealed class KeySigner : IManifestSigner, IDisposable
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public EvidenceKey PublicKey => EvidenceKey.From(Key);

    public Task<EvidenceKey> GetPublicKeyAsync(CancellationToken cancellationToken) => Task.FromResult(PublicKey);

    public Task<ManifestSignature> SignAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
        Task.FromResult(
            ManifestSignature.Create("test", PublicKey, Key.SignData(manifest.Span, HashAlgorithmName.SHA256))
        );

    public void Dispose() => Key.Dispose();
}
