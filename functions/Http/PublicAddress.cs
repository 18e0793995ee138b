using System.Net;
using System.Net.Sockets;

namespace Dunning.Http;

/// <summary>
/// Tells addresses of the public internet from those of this machine, of private networks and of the platform's
/// metadata and identity endpoints.
/// </summary>
internal static class PublicAddress
{
    /// <summary>
    /// IANA's special-purpose registries (RFC 6890), ranges that embed an IPv4 address, and 168.63.129.16, which is
    /// Azure's platform endpoint.
    /// </summary>
    private static readonly IPNetwork[] _notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "168.63.129.16/32",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
            "2001:db8::/32",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2002::/16",
            "2001::/23",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !_notPublic.Any(network => network.Contains(plain));
    }
}
