using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Local;

public sealed class OutboxTests(AccountFixture account) : IClassFixture<AccountFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset _now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private SampleHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await SampleHost.StartAsync(account.ConnectionString, o => o with { Clock = new(_now, frozen: true) });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_mail_with_the_same_operation_id_is_stored_once_and_answered_alike()
    {
        var id = Guid.NewGuid();
        using var first = await SendMailAsync(id, "Reminder <b>1</b>");
        using var again = await SendMailAsync(id, "Reminder <b>1</b>");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var mail = Assert.Single(_host.Host.Outbox.Emails);
        Assert.Equal((id.ToString(), _now, 1), (mail.Id, mail.SentAt, _host.Host.Outbox.Repeats));
        Assert.Equal(["Ann <ann@example.com>"], mail.To);
        Assert.Equal(
            "Succeeded",
            JsonElement
                .Parse(await _host.Client.GetStringAsync(first.Headers.GetValues("Operation-Location").Single()))
                .GetProperty("status")
                .GetString()
        );
    }

    [Fact]
    public async Task Pages_encode_what_they_show_and_allow_no_script()
    {
        var id = Guid.NewGuid();
        using var sent = await SendMailAsync(id, "<script>alert(1)</script>");
        foreach (var address in new[] { "outbox", $"outbox/{id}" })
        {
            using var page = await _host.Client.GetAsync(address);
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline';", policy, StringComparison.Ordinal);
            var html = await page.Content.ReadAsStringAsync();
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        }

        using var unknown = await _host.Client.GetAsync("outbox/none");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_text_message_is_created_measured_and_found_again()
    {
        using var created = await SendSmsAsync("+4520123456", new string('x', 161));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var answer = await created.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("2", answer.GetProperty("num_segments").GetString());
        Assert.Equal("Mon, 23 Nov 2026 09:00:00 +0000", answer.GetProperty("date_created").GetString());

        Assert.Equal(1, await CountAsync("To=%2B4520123456&DateSent=2026-11-23"));
        Assert.Equal(1, await CountAsync("DateSent%3E=2026-11-23T08:59:00Z&DateSent%3C=2026-11-23"));
        Assert.Equal(0, await CountAsync("DateSent=2026-11-24"));
        Assert.Equal(0, await CountAsync("To=%2B4520123457"));
    }

    [Theory]
    [InlineData("+15005550001", "hello", 21211)]
    [InlineData("+15005550004", "hello", 21610)]
    [InlineData("+15005550009", "hello", 21614)]
    [InlineData("+4520123456", "", 21602)]
    public async Task Numbers_with_a_meaning_answer_their_error(string to, string body, int code)
    {
        using var refused = await SendSmsAsync(to, body);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(code, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
        Assert.Empty(_host.Host.Outbox.Sent);
    }

    [Fact]
    public async Task Providers_refuse_who_does_not_sign()
    {
        using var sms = await _host.Client.PostAsync(
            "twilio/2010-04-01/Accounts/AC1/Messages.json",
            new FormUrlEncodedContent([])
        );
        Assert.Equal(HttpStatusCode.Unauthorized, sms.StatusCode);
        using var mail = await _host.Client.PostAsJsonAsync("acs/emails:send?api-version=2023-03-31", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, mail.StatusCode);
    }

    private async Task<HttpResponseMessage> SendMailAsync(Guid id, string subject)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "acs/emails:send?api-version=2023-03-31")
        {
            Content = JsonContent.Create(
                new
                {
                    senderAddress = "billing@example.com",
                    content = new
                    {
                        subject,
                        html = $"<p>{subject}</p>",
                        plainText = subject,
                    },
                    recipients = new { to = new[] { new { address = "ann@example.com", displayName = "Ann" } } },
                }
            ),
        };
        request.Headers.Add("Operation-Id", id.ToString());
        request.Headers.Authorization = new("HMAC-SHA256", "SignedHeaders=x&Signature=y");
        return await _host.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendSmsAsync(string to, string body)
    {
        using var request = Signed(HttpMethod.Post, "");
        request.Content = new FormUrlEncodedContent([new("To", to), new("From", "+15005550006"), new("Body", body)]);
        return await _host.Client.SendAsync(request);
    }

    private async Task<int> CountAsync(string query)
    {
        using var request = Signed(HttpMethod.Get, query);
        using var answer = await _host.Client.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages").GetArrayLength();
    }

    private static HttpRequestMessage Signed(HttpMethod method, string query)
    {
        var request = new HttpRequestMessage(method, $"twilio/2010-04-01/Accounts/AC1/Messages.json?{query}");
        request.Headers.Authorization = new("Basic", "QUMxOnRva2Vu");
        return request;
    }
}
