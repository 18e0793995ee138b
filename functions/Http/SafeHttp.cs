using System.Net;
using System.Net.Sockets;

namespace Dunning.Http;

/// <summary>
/// HTTP client for small downloads from other servers. URLs on a configured origin are trusted; all others must be
/// https and lead to a public address. The check runs when a connection is opened, on the IP addresses that are
/// connected to, so no host name, second DNS lookup or redirect can lead into the internal network.
/// </summary>
internal static class SafeHttp
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <param name="configured">URLs from the settings; only scheme, host and port are compared.</param>
    /// <param name="timeout">Of the whole answer; 10 seconds when null.</param>
    public static HttpClient Create(int maxBytes, IEnumerable<Uri> configured, TimeSpan? timeout = null)
    {
        var origins = configured.Select(OriginOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = _connectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (connection, cancellationToken) => ConnectAsync(connection, origins, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = timeout ?? _timeout, MaxResponseContentBufferSize = maxBytes };
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext connection,
        HashSet<string> origins,
        CancellationToken cancellationToken
    )
    {
        var (request, target) = (connection.InitialRequestMessage.RequestUri!, connection.DnsEndPoint);
        var isConfigured = origins.Contains(OriginOf(request));
        if (
            !isConfigured
            && (request.Scheme != Uri.UriSchemeHttps || request.Port != 443 || request.UserInfo.Length > 0)
        )
            throw NotAllowed("only https on port 443 without user info is allowed");
        // Uri has already converted other notations, such as 0x7f.1 and 2130706433, to 127.0.0.1.
        if (!isConfigured && IPAddress.TryParse(target.Host, out _))
            throw NotAllowed("its host is an IP address instead of a name");
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        if (!isConfigured && !addresses.All(PublicAddress.Is))
            throw NotAllowed("its host resolves to an address that is not public");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static AddressNotAllowedException NotAllowed(string reason) => new($"The URL is not allowed: {reason}.");
}

/// <summary>Within the <see cref="HttpRequestException"/> that the client throws.</summary>
internal sealed class AddressNotAllowedException(string message) : Exception(message);
