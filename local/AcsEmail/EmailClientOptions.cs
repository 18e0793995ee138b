using Azure.Core;

namespace Azure.Communication.Email;

public class EmailClientOptions : ClientOptions
{
    public EmailClientOptions(ServiceVersion version = ServiceVersion.V2025_09_01) =>
        Version = version == ServiceVersion.V2023_03_31 ? "2023-03-31" : "2025-09-01";

    internal string Version { get; }

    public enum ServiceVersion
    {
        V2023_03_31 = 3,
        V2025_09_01 = 5,
    }
}
