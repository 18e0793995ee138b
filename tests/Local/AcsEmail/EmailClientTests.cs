using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Communication.Email;

namespace Dunning.Tests.Local.AcsEmail;

public sealed class EmailClientTests
{
    private static readonly byte[] _key = "not a real key"u8.ToArray();
    private static readonly Guid _id = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task A_mail_is_sent_once_with_its_operation_id_and_is_not_waited_for()
    {
        await using var service = await ScriptedServer.Start(
            new ScriptedServer.Response(202, """{"id":"x","status":"Running"}""")
        );

        var operation = await Client(service).SendAsync(WaitUntil.Started, Mail(), _id);

        var asked = Assert.Single(service.Requests);
        Assert.Equal(("POST", "/emails:send?api-version=2023-03-31"), (asked.Method, asked.Target));
        Assert.Equal(_id.ToString(), asked.Headers["Operation-Id"]);
        Assert.Equal((_id.ToString(), false, false), (operation.Id, operation.HasCompleted, operation.HasValue));
        Assert.Equal(202, operation.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => operation.Value);
    }

    [Fact]
    public async Task The_body_has_everything_that_was_set_and_nothing_that_was_not()
    {
        await using var service = await ScriptedServer.Start(new ScriptedServer.Response(202, "{}"));

        await Client(service).SendAsync(WaitUntil.Started, Mail(), _id);

        using var body = JsonDocument.Parse(service.Requests.Single().Body);
        Assert.Equal(
            [
                "senderAddress",
                "content",
                "recipients",
                "headers",
                "replyTo",
                "attachments",
                "userEngagementTrackingDisabled",
            ],
            body.RootElement.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal("Påmindelse 😀", body.RootElement.GetProperty("content").GetProperty("subject").GetString());
        Assert.Equal(["to", "cc"], body.RootElement.GetProperty("recipients").EnumerateObject().Select(p => p.Name));
        Assert.Equal("aGk=", body.RootElement.GetProperty("attachments")[0].GetProperty("contentInBase64").GetString());
    }

    [Fact]
    public async Task The_request_is_signed_over_date_host_and_body()
    {
        await using var service = await ScriptedServer.Start(new ScriptedServer.Response(202, "{}"));

        await Client(service).SendAsync(WaitUntil.Started, Mail(), _id);

        var asked = service.Requests.Single();
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(asked.Body)));
        var text = $"POST\n{asked.Target}\n{asked.Headers["x-ms-date"]};{service.Address.Authority};{hash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text)));
        Assert.Equal((hash, service.Address.Authority), (asked.Headers["x-ms-content-sha256"], asked.Headers["Host"]));
        Assert.Equal(
            $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}",
            asked.Headers["Authorization"]
        );
    }

    [Fact]
    public async Task A_refusal_carries_the_status_the_code_and_the_time_to_wait()
    {
        await using var service = await ScriptedServer.Start(
            new ScriptedServer.Response(
                429,
                """{"error":{"code":"TooManyRequests","message":"slow down"}}""",
                ("Retry-After", "30")
            )
        );

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() =>
            Client(service).SendAsync(WaitUntil.Started, Mail(), _id)
        );

        Assert.Equal((429, "TooManyRequests"), (refusal.Status, refusal.ErrorCode));
        Assert.True(refusal.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var wait));
        Assert.Equal("30", wait);
        Assert.DoesNotContain(Convert.ToBase64String(_key), refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_resumed_by_its_id_returns_the_status_of_the_email()
    {
        await using var service = await ScriptedServer.Start(
            new ScriptedServer.Response(200, """{"id":"x","status":"Running"}"""),
            new ScriptedServer.Response(200, """{"id":"x","status":"Succeeded"}""")
        );
        var operation = new EmailSendOperation("x", Client(service));

        await operation.UpdateStatusAsync();
        Assert.False(operation.HasCompleted);
        await operation.UpdateStatusAsync();

        Assert.Equal(EmailSendStatus.Succeeded, operation.Value.Status);
        Assert.All(
            service.Requests,
            r => Assert.StartsWith("/emails/operations/x?", r.Target, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_failed_operation_throws_what_the_service_said()
    {
        await using var service = await ScriptedServer.Start(
            new ScriptedServer.Response(
                200,
                """{"id":"x","status":"Failed","error":{"code":"EmailDroppedAllRecipientsSuppressed","message":"suppressed"}}"""
            )
        );
        var operation = new EmailSendOperation("x", Client(service));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(async () => await operation.UpdateStatusAsync());

        Assert.Equal("EmailDroppedAllRecipientsSuppressed", failure.ErrorCode);
        Assert.Equal((true, false), (operation.HasCompleted, operation.HasValue));
    }

    private static EmailClient Client(ScriptedServer service)
    {
        var options = new EmailClientOptions(EmailClientOptions.ServiceVersion.V2023_03_31)
        {
            Retry = { MaxRetries = 0 },
        };
        return new EmailClient($"endpoint={service.Address};accesskey={Convert.ToBase64String(_key)}", options);
    }

    private static EmailMessage Mail() =>
        new(
            "donotreply@example.com",
            new EmailRecipients([new EmailAddress("ada@example.com", "Ada")], [new EmailAddress("boss@example.com")]),
            new EmailContent("Påmindelse 😀") { PlainText = "text", Html = "<p>html</p>" }
        )
        {
            Headers = { ["List-Unsubscribe"] = "<https://example.com/u>" },
            ReplyTo = { new EmailAddress("billing@example.com") },
            Attachments = { new EmailAttachment("a.txt", "text/plain", BinaryData.FromString("hi")) },
            UserEngagementTrackingDisabled = true,
        };
}
