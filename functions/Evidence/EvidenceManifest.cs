using System.Security.Cryptography;
using System.Text.Json;

namespace Dunning.Evidence;

/// <summary>The signed list of what an evidence pack contains: its file <c>manifest.json</c>.</summary>
/// <param name="Schema">Of this document.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Missing">What the pack lacks, in words.</param>
/// <param name="Files">All but the manifest and its signature, sorted by path.</param>
internal sealed record EvidenceManifest(
    int Schema,
    string ProductVersion,
    DateTimeOffset CreatedAt,
    EvidenceSubject Subject,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ManifestFile> Files,
    IReadOnlyList<ManifestChain> Chains
)
{
    public const int CurrentSchema = 1;

    public static EvidenceManifest Create(PackContents contents, IReadOnlyList<EvidenceFile> files) =>
        new(
            CurrentSchema,
            contents.ProductVersion,
            contents.CreatedAt.ToUniversalTime(),
            contents.Subject,
            contents.Missing,
            [
                .. files
                    .Select(file => new ManifestFile(file.Path, file.Content.Length, Sha256(file.Content.Span)))
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ],
            [.. contents.Chains.OrderBy(chain => chain.Invoice, StringComparer.Ordinal)]
        );

    public byte[] Serialise() => EvidenceJson.Write(this);

    /// <returns>Null when it is no manifest, or one of a later release.</returns>
    public static EvidenceManifest? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return
                JsonSerializer.Deserialize<EvidenceManifest>(json, EvidenceJson.Options)
                    is { Schema: CurrentSchema } manifest
                && !manifest.HasGaps
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The serializer checks that no property is null, but not the items of lists.</summary>
    private bool HasGaps => Missing.Contains(null!) || Files.Contains(null!) || Chains.Contains(null!);

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
