using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunning.Evidence;

/// <summary>The public key of an ECDSA key on P-256 as a JSON Web Key (RFC 7517).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">Base64url.</param>
/// <param name="Y">Base64url.</param>
internal sealed record EvidenceKey(string Kty, string Crv, string X, string Y)
{
    private const string KeyType = "EC";
    private const string Curve = "P-256";
    private const int CoordinateBytes = 32;

    /// <summary>Identifies the key: SHA-256 of its required members (RFC 7638).</summary>
    [JsonIgnore]
    public string Thumbprint =>
        Base64Url.EncodeToString(
            SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}"""))
        );

    public static EvidenceKey From(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new EvidenceKey(KeyType, Curve, Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    /// <returns>Null when the text is no public key of this kind.</returns>
    public static EvidenceKey? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<EvidenceKey>(json, EvidenceJson.Options) is { IsValid: true } key
                ? key
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the coordinates, in their one encoding, are a point on the curve.</summary>
    [JsonIgnore]
    public bool IsValid
    {
        get
        {
            if (Kty != KeyType || Crv != Curve || Coordinate(X) is null || Coordinate(Y) is null)
                return false;
            try
            {
                using var key = Import();
                return true;
            }
            catch (CryptographicException)
            {
                return false;
            }
        }
    }

    /// <param name="signature">As JSON Web Signature has it: R and S, 32 bytes each.</param>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var key = Import();
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA256);
    }

    private ECDsa Import() =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Coordinate(X), Y = Coordinate(Y) },
            }
        );

    private static byte[]? Coordinate(string text) => Base64UrlText.Decode(text, CoordinateBytes);
}
