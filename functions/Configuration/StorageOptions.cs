using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Dunning.Configuration;

/// <summary>
/// The storage account: with a key, or by managed identity. The Functions host reads the same settings.
/// </summary>
public sealed class StorageOptions
{
    [ConfigurationKeyName("AzureWebJobsStorage")]
    [RegularExpression(
        "(?i)(UseDevelopmentStorage=true|.*(AccountName|SharedAccessSignature)=.+)",
        ErrorMessage = "write the connection string of a storage account, or remove the setting and set "
            + "AzureWebJobsStorage__accountName"
    )]
    public string? ConnectionString { get; init; }

    [ConfigurationKeyName("AzureWebJobsStorage:accountName")]
    [RequiredSetting(nameof(IsKeyless))]
    [RegularExpression(
        "[a-z0-9]{3,24}",
        ErrorMessage = "write the name of a storage account: 3 to 24 lower-case letters and digits"
    )]
    public string? AccountName { get; init; }

    /// <summary>The managed identity that the app uses for every Azure service.</summary>
    [ConfigurationKeyName("AzureWebJobsStorage:clientId")]
    public string? ClientId { get; init; }

    public bool IsKeyless => string.IsNullOrEmpty(ConnectionString);
}
