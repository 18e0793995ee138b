using System.Net;
using System.Net.Sockets;

namespace Dunning.Http;

/// <summary>
/// For reading small things elsewhere. An address that the settings name is trusted, wherever it leads; any other must
/// be public and https. That is judged when the connection is made, on the address that is connected to: no name, no
/// second look-up and no redirect leads into our own network.
/// </summary>
internal static class SafeHttp
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <param name="configured">Addresses of the settings; scheme, host and port count.</param>
    public static HttpClient Create(int maxBytes, IEnumerable<Uri> configured)
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
        return new HttpClient(handler) { Timeout = _timeout, MaxResponseContentBufferSize = maxBytes };
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
            throw Refused("only https on port 443 is opened");
        // However it is written: Uri has made 0x7f.1 and 2130706433 into 127.0.0.1 by now.
        if (!isConfigured && IPAddress.TryParse(target.Host, out _))
            throw Refused("it names a number in place of a host");
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        if (!isConfigured && !addresses.All(PublicAddress.Is))
            throw Refused("its name leads to an address that is not public");

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

    private static HttpRequestException Refused(string why) => new($"The address is not opened: {why}.");
}
