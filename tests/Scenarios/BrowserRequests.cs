using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The local host runs without keys beside a browser: a page of another site can neither reach it under a name of its
/// own, nor send it a request.
/// </summary>
public sealed class BrowserRequests : Scenario
{
    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost.", 400)]
    [InlineData("0.0.0.0", 400)]
    public async Task Only_names_of_this_machine_are_served(string host, int status)
    {
        foreach (var path in new[] { "api/health", "outbox", "local/clock" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = $"{host}:{Host.BaseAddress.Port}";
            using var response = await Http.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("cross-site", "https://evil.example", 403)]
    [InlineData("same-site", "http://localhost:3000", 403)]
    [InlineData(null, "https://evil.example", 403)]
    [InlineData(null, "null", 403)]
    [InlineData("same-origin", null, 200)]
    // What a browser writes for a form of the outbox, whose referrer policy is no-referrer.
    [InlineData("same-origin", "null", 200)]
    [InlineData("none", null, 200)]
    [InlineData(null, null, 200)]
    [InlineData(null, "own", 200)]
    public async Task A_page_of_another_site_can_send_nothing(string? site, string? origin, int status)
    {
        var invoice = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900456", email: null)));
        await AdvanceToAsync("2026-03-19T10:00Z");
        var sms = Assert.Single(SmsMessages);
        var moved = Host.Clock.GetUtcNow();
        (HttpMethod Method, string Path, HttpContent? Body)[] requests =
        [
            (HttpMethod.Get, "outbox", null),
            (HttpMethod.Get, "outbox.json", null),
            (HttpMethod.Post, $"outbox/{sms.Sid}/answer", Form("text", "STOP")),
            (HttpMethod.Post, $"outbox/{sms.Sid}/report", Form("status", "delivered")),
            (HttpMethod.Post, "local/pump", null),
            (HttpMethod.Post, "local/clock", JsonContent.Create(new { advance = "00:00:01" })),
            (HttpMethod.Post, $"api/invoices/{invoice}/hold", null),
        ];
        foreach (var (method, path, body) in requests)
        {
            using var response = await SendAsync(method, path, site, origin, body);
            Assert.True(
                (int)response.StatusCode == status || (status == 200 && (int)response.StatusCode < 400),
                $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}"
            );
        }
        Assert.Equal(status == 200, Host.Clock.GetUtcNow() > moved);
        Assert.Equal(status == 200 ? "onHold" : "open", await StateAsync(invoice));
    }

    [Theory]
    [InlineData("acs/emails:send?api-version=2023-03-31", "application/json")]
    [InlineData("twilio/2010-04-01/Accounts/AC1/Messages.json", "application/x-www-form-urlencoded")]
    public async Task A_page_of_another_site_cannot_put_a_message_into_the_outbox(string path, string type)
    {
        using var response = await SendAsync(
            HttpMethod.Post,
            path,
            "cross-site",
            "https://evil.example",
            new StringContent("{}", Encoding.UTF8, type)
        );

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("api/invoices", "application/json")]
    [InlineData("api/invoices", "application/xml")]
    [InlineData("api/invoices/import", "application/x-ndjson")]
    [InlineData("api/invoices/{id}/hold", "application/json")]
    [InlineData("api/invoices/{id}/payments", "application/json")]
    [InlineData("api/manage/recover/x/replay", "application/json")]
    [InlineData("api/webhooks/stripe/local-stripe-endpoint-key", "application/json")]
    [InlineData("api/twilio/messages", "application/x-www-form-urlencoded")]
    [InlineData("api/twilio/status", "application/x-www-form-urlencoded")]
    [InlineData("local/clock", "application/json")]
    [InlineData("outbox/x/answer", "application/x-www-form-urlencoded")]
    [InlineData("acs/emails:send?api-version=2023-03-31", "application/json")]
    [InlineData("twilio/2010-04-01/Accounts/AC1/Messages.json", "application/x-www-form-urlencoded")]
    public async Task A_chunk_without_end_is_the_senders_mistake(string path, string type)
    {
        path = path.Replace("{id}", await PostInvoiceAsync(Invoice("HF-1")), StringComparison.Ordinal);
        var response = await RawAsync(
            $"POST /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {type}\r\nAuthorization: Basic YTpi\r\n"
                + "Idempotency-Key: k\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nFFFFFFFFFF\r\nx"
        );

        Assert.StartsWith("HTTP/1.1 400 ", response, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", response, StringComparison.OrdinalIgnoreCase);
    }

    private static FormUrlEncodedContent Form(string name, string value) => new([KeyValuePair.Create(name, value)]);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? site,
        string? origin,
        HttpContent? body
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.Add(
                "Origin",
                origin == "own" ? Host.BaseAddress.GetLeftPart(UriPartial.Authority) : origin
            );
        return await Http.SendAsync(request);
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Host.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
