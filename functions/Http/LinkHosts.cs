namespace Dunning.Http;

/// <summary>The hosts to which links of invoices may lead.</summary>
internal static class LinkHosts
{
    /// <param name="hosts">Empty allows every host. Names of other scripts may be written as such or in ASCII.</param>
    public static bool Allow(Uri url, IReadOnlyList<string> hosts) =>
        hosts.Count == 0
        || hosts.Any(host => string.Equals(url.IdnHost, IdnOf(host), StringComparison.OrdinalIgnoreCase));

    private static string IdnOf(string host) => new Uri($"https://{host.Trim()}").IdnHost;
}
