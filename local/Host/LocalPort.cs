using System.Net;
using System.Net.Sockets;

namespace Dunning.Local;

/// <summary>
/// Takes a port of 127.0.0.1 before anything else starts, so that the address is known and a conflict is told at once.
/// </summary>
internal static class LocalPort
{
    /// <exception cref="CannotRunHereException">Somebody else has it.</exception>
    public static Socket Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            // Listening at once makes the port ours: two sockets may bind where neither listens yet.
            socket.Listen();
            return socket;
        }
        catch (SocketException taken)
        {
            socket.Dispose();
            throw new CannotRunHereException(
                $"Port {port} of 127.0.0.1 cannot be used ({taken.SocketErrorCode}): end what uses it, or choose "
                    + "another with --port.",
                taken
            );
        }
    }
}
