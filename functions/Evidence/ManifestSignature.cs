using System.Buffers.Text;
using System.Text.Json;

namespace Dunning.Evidence;

/// <summary>The signature over the exact bytes of <c>manifest.json</c>: the file <c>manifest.sig.json</c>.</summary>
/// <param name="Algorithm">Always <c>ES256</c>: ECDSA on P-256 with SHA-256 (RFC 7518, 3.4).</param>
/// <param name="KeyId">Where the key is; the signature does not cover it.</param>
/// <param name="Signature">Base64url of R and S.</param>
internal sealed record ManifestSignature(string Algorithm, string KeyId, EvidenceKey PublicKey, string Signature)
{
    public const string Es256 = "ES256";
    private const int SignatureBytes = 64;

    public static ManifestSignature Create(string keyId, EvidenceKey publicKey, ReadOnlySpan<byte> signature) =>
        new(Es256, keyId, publicKey, Base64Url.EncodeToString(signature));

    public byte[] Serialise() => EvidenceJson.Write(this);

    /// <returns>Null when it is no signature of this kind, or its key is not valid.</returns>
    public static ManifestSignature? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return
                JsonSerializer.Deserialize<ManifestSignature>(json, EvidenceJson.Options)
                    is { Algorithm: Es256, PublicKey.IsValid: true } signature
                ? signature
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool IsOf(ReadOnlySpan<byte> manifest) =>
        Base64UrlText.Decode(Signature, SignatureBytes) is { } bytes && PublicKey.Verifies(manifest, bytes);
}
