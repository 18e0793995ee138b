using Microsoft.Extensions.Configuration;

namespace Dunning.Configuration;

/// <summary>
/// Key Vault references in app settings. Where Azure cannot follow one it hands over its text, which would then be used
/// as the password or the signing secret (learn.microsoft.com/azure/app-service/app-service-key-vault-references,
/// "Troubleshooting").
/// </summary>
internal static class SecretReferences
{
    private const string Start = "@Microsoft.KeyVault(";

    /// <summary>The settings whose secrets were not read, as an app setting is written.</summary>
    public static IReadOnlyList<string> Unresolved(IConfiguration configuration) =>
        [
            .. configuration
                .AsEnumerable()
                .Where(setting => setting.Value?.StartsWith(Start, StringComparison.OrdinalIgnoreCase) == true)
                .Select(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}
