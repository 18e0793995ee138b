namespace Dunning.Tests.Faults;

public enum Service
{
    Queue,
    Table,
    Blob,
    Provider,
}

/// <summary>One outgoing request of the host.</summary>
/// <param name="Number">From 1, in order of arrival, over all services.</param>
/// <param name="Target">Path and query, unchanged.</param>
public sealed record OutgoingRequest(int Number, Service Service, string Method, string Target, byte[] Body)
{
    public bool IsTransaction => Service is Service.Table && Target.EndsWith("/$batch", StringComparison.Ordinal);

    public bool IsQuery =>
        Service is Service.Table && Method == "GET" && Target.Contains("()?", StringComparison.Ordinal);

    /// <summary>A message is given to a provider; other requests query its status.</summary>
    public bool IsSendRequest => Service is Service.Provider && Method == "POST";

    public bool IsSms => Target.StartsWith("/twilio/", StringComparison.Ordinal);
}
