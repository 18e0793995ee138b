using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>The key that signs evidence packs, from the settings <c>Dunning__Evidence__*</c>.</summary>
public sealed class EvidenceOptions
{
    /// <summary>The identifier of a key in Azure Key Vault, with or without a version.</summary>
    [RegularExpression(
        "https://[A-Za-z0-9-]+\\.vault\\.azure\\.net/keys/[A-Za-z0-9-]+(/[0-9A-Fa-f]{32})?/?",
        ErrorMessage = "write the identifier of a key in Azure Key Vault: https://<vault>.vault.azure.net/keys/<name>"
    )]
    public string? Key { get; init; }

    /// <summary>
    /// A file with a private key, which is made on first use: who can read it can sign. For a local run, and used only
    /// without <see cref="Key"/>.
    /// </summary>
    [TextLine(1000)]
    public string? KeyFile { get; init; }
}
