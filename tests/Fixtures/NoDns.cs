using DnsClient;
using Moq;

namespace Dunning.Tests.Fixtures;

/// <summary>A domain name system that never answers: no test asks the network.</summary>
internal static class NoDns
{
    public static ILookupClient Client { get; } = Create();

    private static ILookupClient Create()
    {
        var dns = new Mock<ILookupClient>();
        dns.Setup(d =>
                d.QueryAsync(
                    It.IsAny<string>(),
                    It.IsAny<QueryType>(),
                    It.IsAny<QueryClass>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ThrowsAsync(new DnsResponseException(DnsResponseCode.ConnectionTimeout));
        return dns.Object;
    }
}
