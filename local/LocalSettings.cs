using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Dunning.Local;

/// <summary>
/// The settings of the local host: <c>local.settings.sample.json</c>, then <c>local.settings.json</c> if there is one,
/// then what keeps this machine to itself: storage as given, and providers that are our own outbox, so that nothing
/// leaves unless an overlay says so.
/// </summary>
public static class LocalSettings
{
    /// <param name="overlay">A file in the shape of the sample whose values win over all others; null for none.</param>
    public static IConfiguration Build(Uri host, string storage, string? overlay = null) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(ValuesOf("local.settings.sample.json"))
            .AddInMemoryCollection(ValuesOf("local.settings.json"))
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = storage,
                    ["Email:Provider"] = "acs",
                    ["Email:ConnectionString"] = $"endpoint={host}acs;accesskey=bG9jYWw=",
                    // The outbox has no quota.
                    ["Email:PerMinute"] = null,
                    ["Email:PerHour"] = null,
                    ["Sms:BaseAddress"] = $"{host}twilio/",
                    ["Sms:WebhookAddress"] = $"{host}api/twilio/",
                    ["Sms:PerMinute"] = null,
                    ["Sms:PerHour"] = null,
                }
            )
            .AddInMemoryCollection(overlay is null ? [] : ValuesOf(overlay))
            .Build();

    private static Dictionary<string, string?> ValuesOf(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        if (!File.Exists(path))
            return [];
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return json
            .RootElement.GetProperty("Values")
            .EnumerateObject()
            .ToDictionary(
                value => value.Name.Replace("__", ":", StringComparison.Ordinal),
                value => value.Value.GetString()
            );
    }
}
