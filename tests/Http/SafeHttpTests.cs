using System.Net;
using System.Net.Sockets;
using System.Text;
using Dunning.Http;

namespace Dunning.Tests.Http;

public sealed class SafeHttpTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.130.1")]
    [InlineData("168.63.129.16")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("64:ff9b::7f00:1")]
    public void Inner_addresses_are_not_public(string address) =>
        Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("168.63.129.17")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2a00:1450:4001::1")]
    public void Others_are(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1/", "IP address")]
    [InlineData("https://localhost/", "not public")]
    [InlineData("https://8.8.8.8/", "IP address")]
    [InlineData("https://2130706433/", "IP address")]
    [InlineData("https://0x7f.1/", "IP address")]
    [InlineData("https://[::ffff:169.254.169.254]/", "IP address")]
    [InlineData("https://169.254.169.254/metadata/instance", "IP address")]
    [InlineData("https://api.paypal.com@127.0.0.1/", "only https")]
    [InlineData("http://api.paypal.com/", "only https")]
    [InlineData("https://api.paypal.com:8443/", "only https")]
    public async Task An_address_that_no_setting_names_leads_nowhere_inside(string address, string why)
    {
        using var http = SafeHttp.Create(1024, []);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(address)));

        Assert.Contains(why, refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("metadata", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stand_in_that_the_settings_name_is_read_and_its_neighbour_is_not()
    {
        await using var standIn = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var http = SafeHttp.Create(1024, [new Uri(standIn.Address, "v2/")]);
        using var other = SafeHttp.Create(1024, [new Uri("http://127.0.0.1:1/")]);

        Assert.Equal("ok", await http.GetStringAsync(new Uri(standIn.Address, "v2/payments/1")));
        await Assert.ThrowsAsync<HttpRequestException>(() => other.GetStringAsync(standIn.Address));
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_redirect_is_an_answer_and_not_followed(string redirect)
    {
        await using var standIn = new OneAnswer(redirect);
        using var http = SafeHttp.Create(1024, [standIn.Address]);

        using var answer = await http.GetAsync(standIn.Address);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_response_longer_than_the_limit_is_not_read()
    {
        await using var standIn = new OneAnswer(
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n{new string('x', 0x800)}\r\n0\r\n\r\n"
        );
        using var http = SafeHttp.Create(1024, [standIn.Address]);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(standIn.Address));
    }

    /// <summary>Sends the same bytes on every connection.</summary>
    private sealed class OneAnswer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _work;

        public OneAnswer(string answer)
        {
            _listener.Start();
            _work = AnswerAsync(Encoding.ASCII.GetBytes(answer));
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _work;
        }

        private async Task AnswerAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false);
                    await stream.WriteAsync(answer);
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
            {
                // Stopped, or the client closed the connection.
            }
        }
    }
}
