using System.Text.Json;
using Dunning.Notices.Email;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>What the answer says about a test reminder that a mail server does not simply take.</summary>
public sealed class TestRemindersByMailServer : Scenario, IDisposable
{
    private readonly SmtpSink _server;
    private (string Command, string? Reply) _script = ("", "");

    public TestRemindersByMailServer() =>
        _server = new(command => command.StartsWith(_script.Command, StringComparison.Ordinal) ? _script.Reply : "");

    [Fact]
    public async Task What_the_server_takes_is_sent_under_its_message_id()
    {
        var (status, body) = await SendAsync();

        var mail = Assert.Single(_server.Received);
        Assert.Equal(200, status);
        Assert.Equal(["accounts@harbourfinch.example"], mail.To);
        Assert.Contains("Subject: [TEST] ", mail.Raw, StringComparison.Ordinal);
        Assert.Contains(
            body.GetProperty("providerMessageId").GetString()!.Trim('<', '>'),
            mail.Raw,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("MAIL FROM", "550 5.7.1 We do not know you", 502, "email-settings", "550 5.7.1")]
    [InlineData("MAIL FROM", "530 5.7.0 Log in first", 502, "email-settings", "Email__User")]
    [InlineData("RCPT TO", "550 5.1.1 No such mailbox", 502, "email-refused", "550 5.1.1")]
    [InlineData(".", "554 5.6.0 Looks like spam", 502, "email-refused", "554 5.6.0")]
    [InlineData("RCPT TO", "451 4.3.2 Come back later", 503, "try-again", "451 4.3.2")]
    [InlineData(".", null, 502, "email-in-doubt", "reply was lost")]
    public async Task What_the_server_does_not_take_is_a_problem_with_the_reason(
        string command,
        string? reply,
        int expected,
        string type,
        string reason
    )
    {
        _script = (command, reply);

        var (status, problem) = await SendAsync();

        Assert.Equal(expected, status);
        Assert.Equal($"urn:dunning:problem:{type}", problem.GetProperty("type").GetString());
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_server.Received);
    }

    public void Dispose() => _server.DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override void ReplaceServices(IServiceCollection services) =>
        services.AddSingleton<IEmailGateway>(
            new SmtpEmailGateway(
                new SmtpOptions(_server.Host, _server.Port, MailTls.None, null, null, TimeSpan.FromSeconds(30)),
                TimeProvider.System
            )
        );

    private async Task<(int Status, JsonElement Body)> SendAsync()
    {
        using var answer = await PostAsync("api/manage/test-reminder", new { });
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length > 0 ? JsonElement.Parse(text) : default);
    }
}
