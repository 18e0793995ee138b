using System.Net;
using System.Net.Sockets;

namespace Dunning.Local;

/// <summary>
/// Reserves a port of 127.0.0.1 before anything else starts, so that the address is known and a conflict is reported
/// early.
/// </summary>
internal static class LocalPort
{
    /// <exception cref="CannotRunHereException">The port is in use or not permitted.</exception>
    public static Socket Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            // Listen now: as long as neither listens, two sockets can bind to the same port.
            socket.Listen();
            return socket;
        }
        catch (SocketException taken)
        {
            socket.Dispose();
            throw new CannotRunHereException(
                $"Port {port} of 127.0.0.1 cannot be used ({taken.SocketErrorCode}): stop the program that uses it, or "
                    + "choose another port with --port.",
                taken
            );
        }
    }
}
