namespace Dunning.Tests.Faults;

public enum Service
{
    Queue,
    Table,
    Provider,
}

/// <summary>One outgoing request of the product, as the wire sees it.</summary>
/// <param name="Number">From 1, in the order of arrival, over all services.</param>
/// <param name="Target">Path and query as they were sent.</param>
public sealed record Passage(int Number, Service Service, string Method, string Target, byte[] Body)
{
    public bool IsTransaction => Service is Service.Table && Target.EndsWith("/$batch", StringComparison.Ordinal);

    public bool IsQuery =>
        Service is Service.Table && Method == "GET" && Target.Contains("()?", StringComparison.Ordinal);

    /// <summary>A message is handed to a provider, not asked after.</summary>
    public bool IsSending => Service is Service.Provider && Method == "POST";

    public bool IsText => Target.StartsWith("/twilio/", StringComparison.Ordinal);
}
