namespace Dunning.Evidence;

/// <summary>Signs with ES256 by a private key that the app or Azure Key Vault holds.</summary>
internal interface IManifestSigner
{
    /// <summary>The deployment shows its thumbprint, so that whoever gets a pack can compare it.</summary>
    /// <exception cref="EvidenceKeyException">The key cannot be used.</exception>
    Task<EvidenceKey> GetPublicKeyAsync(CancellationToken cancellationToken);

    /// <param name="manifest">The bytes of <c>manifest.json</c>.</param>
    /// <exception cref="EvidenceKeyException">The key cannot be used.</exception>
    Task<ManifestSignature> SignAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken);
}
