using System.Net;
using System.Net.Sockets;
using Dunning.Notify;
using Dunning.Notify.Email;

namespace Dunning.Tests.Notify;

public sealed class SmtpEmailGatewayTests
{
    [Fact]
    public async Task An_accepted_mail_has_both_texts_and_its_own_message_id()
    {
        var (outcome, message) = await SendAsync(_ => "");

        var id = OutgoingSamples.Mail.Headers["Message-ID"];
        Assert.Equal(new SendOutcome.Sent(id), outcome);
        string[] lines =
        [
            "Message-ID: " + id, "Auto-Submitted: auto-generated", "Content-Language: en", "References: ", "In-Reply-To: ",
            "Content-Type: multipart/alternative", "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8",
            "Reply-To: \"Mette Holm\" <mette@fjordlys.example>", "Cc: karl@nordwind.example", "<p>Hello S=C3=B8ren</p>",
        ];
        Assert.All(lines, line => Assert.Contains(line, message, StringComparison.OrdinalIgnoreCase));
        Assert.True(message.IndexOf("text/plain", StringComparison.Ordinal) < message.IndexOf("text/html", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.1 not you", typeof(SendOutcome.RetryLater))]
    [InlineData("MAIL", "451 4.7.1 greylisted", typeof(SendOutcome.RetryLater))]
    [InlineData("MAIL", "530 5.7.0 log in first", typeof(SendOutcome.RetryLater))]
    [InlineData("DATA", "452 4.3.1 disk full", typeof(SendOutcome.RetryLater))]
    [InlineData(".", "554 5.7.1 looks like spam", typeof(SendOutcome.Rejected))]
    [InlineData(".", "451 4.3.0 try later", typeof(SendOutcome.RetryLater))]
    [InlineData(".", null, typeof(SendOutcome.Unknown))]
    public async Task A_reply_decides_what_is_known(string command, string? reply, Type expected)
    {
        var (outcome, _) = await SendAsync(c => c.StartsWith(command, StringComparison.Ordinal) ? reply : "");

        Assert.IsType(expected, outcome);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_dead()
    {
        var (outcome, _) = await SendAsync(c => c.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : "");

        Assert.True(Assert.IsType<SendOutcome.Rejected>(outcome).AddressIsDead);
    }

    [Fact]
    public async Task A_refused_copy_does_not_undo_the_mail()
    {
        var (outcome, _) = await SendAsync(c => c.StartsWith("RCPT TO:<karl", StringComparison.Ordinal) ? "550 5.1.1 no such user" : "");

        Assert.IsType<SendOutcome.Sent>(outcome);
    }

    [Fact]
    public async Task An_addressee_refused_for_now_is_not_tried_again_once_the_copy_is_out()
    {
        var (outcome, _) = await SendAsync(c => c.StartsWith("RCPT TO:<ana", StringComparison.Ordinal) ? "450 4.2.1 busy" : "");

        Assert.IsType<SendOutcome.Rejected>(outcome);
    }

    [Fact]
    public async Task No_connection_means_nothing_was_sent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.IsType<SendOutcome.RetryLater>(await Gateway(port).SendAsync(OutgoingSamples.Mail, CancellationToken.None));
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent()
    {
        var mail = OutgoingSamples.Mail with { To = [new MailParty("ana at nordwind")] };

        Assert.IsType<SendOutcome.Rejected>(await Gateway(1).SendAsync(mail, CancellationToken.None));
    }

    [Fact]
    public async Task A_stop_before_the_exchange_sends_nothing() =>
        Assert.Equal(SendOutcome.NotStarted, await Gateway(1).SendAsync(OutgoingSamples.Mail, new CancellationToken(canceled: true)));

    [Fact]
    public void The_servers_password_is_not_printed() =>
        Assert.DoesNotContain("secret", new SmtpServer("mail.example", 587, true, "user", "secret", TimeSpan.FromSeconds(1)).ToString(), StringComparison.Ordinal);

    private static async Task<(SendOutcome, string)> SendAsync(Func<string, string?> answer)
    {
        using var server = new SmtpStandIn(answer);
        var outcome = await Gateway(server.Port).SendAsync(OutgoingSamples.Mail, CancellationToken.None);
        await server.Served;
        return (outcome, server.Message);
    }

    private static SmtpEmailGateway Gateway(int port) =>
        new(new SmtpServer("127.0.0.1", port, Tls: false, User: null, Password: null, TimeSpan.FromSeconds(20)), TimeProvider.System);
}
