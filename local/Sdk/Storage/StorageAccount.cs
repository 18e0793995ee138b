namespace Dunning.Local.Sdk;

/// <summary>What a storage connection string says: where the account is and the key that signs its requests.</summary>
internal sealed record StorageAccount(string Name, byte[] Key, Uri Tables, Uri Queues)
{
    // Published by Microsoft for every emulator; not a secret.
    private const string EmulatorName = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">No account name or key. The text never quotes the connection string.</exception>
    public static StorageAccount Parse(string connectionString)
    {
        var settings = ConnectionString.Parse(connectionString);
        if (settings.GetValueOrDefault("UseDevelopmentStorage") is { } flag && flag.Equals("true", StringComparison.OrdinalIgnoreCase))
            return new StorageAccount(EmulatorName, Convert.FromBase64String(EmulatorKey), Emulator(10002), Emulator(10001));

        var name = settings.GetValueOrDefault("AccountName") ?? throw new FormatException("The storage connection string has no AccountName.");
        var key = settings.GetValueOrDefault("AccountKey") ?? throw new FormatException("The storage connection string has no AccountKey.");
        return new StorageAccount(name, Convert.FromBase64String(key), Endpoint("Table"), Endpoint("Queue"));

        Uri Endpoint(string service) => new(settings.GetValueOrDefault($"{service}Endpoint")
            ?? $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.{service.ToLowerInvariant()}."
                + settings.GetValueOrDefault("EndpointSuffix", "core.windows.net"));
    }

    /// <summary>The account's name when only its address is known, as with a managed identity.</summary>
    public static string NameIn(Uri endpoint) =>
        endpoint.IsLoopback ? endpoint.AbsolutePath.Trim('/').Split('/')[0] : endpoint.Host.Split('.')[0];

    private static Uri Emulator(int port) => new($"http://127.0.0.1:{port}/{EmulatorName}");
}
