using Microsoft.Extensions.Configuration;

namespace Dunning;

/// <summary>
/// Key Vault references in app settings. Where Azure cannot follow one it hands over its text, which would then be used as the password or
/// the signing secret (learn.microsoft.com/azure/app-service/app-service-key-vault-references, "Troubleshooting").
/// </summary>
public static class SecretReferences
{
    private const string Start = "@Microsoft.KeyVault(";

    /// <exception cref="InvalidOperationException">Some are not followed; the message names their settings.</exception>
    public static void RefuseUnresolved(IConfiguration configuration)
    {
        var names = configuration.AsEnumerable()
            .Where(setting => setting.Value?.StartsWith(Start, StringComparison.OrdinalIgnoreCase) == true)
            .Select(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
            throw new InvalidOperationException(
                $"Azure has not read these secrets from the Key Vault: {string.Join(", ", names)}. May the app read the vault, and is the secret there? Restart the app then.");
    }
}
