using Azure.Core;

namespace Azure.Storage.Queues;

public class QueueClientOptions : ClientOptions
{
    public QueueClientOptions(ServiceVersion version = ServiceVersion.V2025_01_05) => Version = version;

    public ServiceVersion Version { get; }

    public QueueMessageEncoding MessageEncoding { get; set; }

    internal string WireVersion => Version.ToString()[1..].Replace('_', '-');

    /// <summary>The first and the last version of the official list: the requests here are the same in all of them.</summary>
    public enum ServiceVersion
    {
        V2019_02_02 = 1,
        V2025_01_05 = 25,
    }
}
