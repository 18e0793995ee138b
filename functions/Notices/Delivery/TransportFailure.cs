using System.Net.Sockets;

namespace Dunning.Notices.Delivery;

/// <summary>Whether a failed request can have reached the provider.</summary>
internal static class TransportFailure
{
    /// <summary>True only when no connection was established, so that no byte of the message was sent.</summary>
    public static bool NothingWasSent(Exception failure) =>
        Causes(failure)
            .Any(cause =>
                cause switch
                {
                    HttpRequestException http => http.HttpRequestError
                        is HttpRequestError.ConnectionError
                            or HttpRequestError.NameResolutionError
                            or HttpRequestError.SecureConnectionError
                            or HttpRequestError.ProxyTunnelError,
                    SocketException socket => socket.SocketErrorCode
                        is SocketError.ConnectionRefused
                            or SocketError.HostNotFound
                            or SocketError.HostUnreachable
                            or SocketError.NetworkUnreachable
                            or SocketError.TryAgain
                            or SocketError.NoData,
                    _ => false,
                }
            );

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }
}
