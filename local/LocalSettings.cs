using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Dunning.Local;

/// <summary>
/// The settings of the local host: <c>local.settings.sample.json</c>, then <c>local.settings.json</c> if there is one,
/// then the given storage and the provider stand-ins, then the overlay. Nothing is sent to a real provider unless the
/// overlay configures one.
/// </summary>
public static class LocalSettings
{
    /// <param name="overlay">
    /// A file in the format of the sample whose values override all others; null for none.
    /// </param>
    /// <param name="data">The folder for what is kept until the next start; null for none.</param>
    public static IConfiguration Build(Uri host, string storage, string? overlay = null, string? data = null) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(ReadValues("local.settings.sample.json"))
            .AddInMemoryCollection(ReadValues("local.settings.json"))
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = storage,
                    ["Dunning:Evidence:KeyFile"] = Path.Combine(data ?? TemporaryFolder, "evidence-key.pem"),
                    ["Email:Provider"] = "acs",
                    ["Email:ConnectionString"] = $"endpoint={host}acs;accesskey=bG9jYWw=",
                    // The stand-ins have no quota.
                    ["Email:PerMinute"] = null,
                    ["Email:PerHour"] = null,
                    ["Portal:Address"] = $"{host}",
                    ["Sms:BaseAddress"] = $"{host}twilio/",
                    ["Sms:WebhookAddress"] = $"{host}api/twilio/",
                    ["Sms:PerMinute"] = null,
                    ["Sms:PerHour"] = null,
                }
            )
            .AddInMemoryCollection(overlay is null ? [] : ReadOverlay(overlay))
            .Build();

    /// <summary>Of this process; made on first use.</summary>
    private static string TemporaryFolder => Path.Combine(Path.GetTempPath(), $"dunning-{Environment.ProcessId}");

    /// <param name="file">Relative to the current folder.</param>
    /// <exception cref="CannotRunHereException">There is no such file.</exception>
    private static Dictionary<string, string?> ReadOverlay(string file) =>
        File.Exists(file)
            ? ReadValues(Path.GetFullPath(file))
            : throw new CannotRunHereException(
                $"--settings: the file {Path.GetFullPath(file)} does not exist. Name one in the format of "
                    + "local.settings.sample.json."
            );

    private static Dictionary<string, string?> ReadValues(string file)
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
