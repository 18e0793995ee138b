using Microsoft.Extensions.Configuration;

namespace Dunning.Configuration;

/// <summary>
/// Key Vault references in app settings. If Azure cannot resolve a reference, the setting contains the reference's
/// text, which would be used as the password or signing secret
/// (learn.microsoft.com/azure/app-service/app-service-key-vault-references, "Troubleshooting").
/// </summary>
internal static class SecretReferences
{
    private const string Start = "@Microsoft.KeyVault(";

    /// <summary>The names of the settings with an unresolved reference, as app settings (<c>__</c>).</summary>
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
