namespace Dunning.Evidence;

/// <summary>Stands in where no key is set: says so whenever a pack is to be signed.</summary>
internal sealed class NoKeySigner : IManifestSigner
{
    public Task<EvidenceKey> GetPublicKeyAsync(CancellationToken cancellationToken) => throw Missing();

    public Task<ManifestSignature> SignAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
        throw Missing();

    private static EvidenceKeyException Missing() =>
        new(
            $"No key is set: set {KeyVaultSigner.Setting} to the identifier of a key in Azure Key Vault, "
                + "https://<vault>.vault.azure.net/keys/<name> (an EC key on P-256)."
        );
}
