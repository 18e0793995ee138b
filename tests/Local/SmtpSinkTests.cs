using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Dunning.Local.Outbox;

namespace Dunning.Tests.Local;

public sealed class SmtpSinkTests
{
    [Fact]
    public async Task It_takes_a_mail_as_SmtpClient_sends_it()
    {
        await using var sink = new SmtpSink();
        using var client = new SmtpClient(sink.Host, sink.Port);
        using var mail = new MailMessage("billing@example.com", "ann@example.com", "Reminder", "First line")
        {
            CC = { "boss@example.com" },
            Headers = { ["Message-ID"] = "<n1@example.com>" },
        };

        await client.SendMailAsync(mail, Patience.Token);

        var received = await sink.NextAsync(Patience.Token);
        Assert.Equal("billing@example.com", received.From);
        Assert.Equal(["ann@example.com", "boss@example.com"], received.To);
        Assert.Contains("Message-ID: <n1@example.com>\r\n", received.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\n\r\nFirst line", received.Raw, StringComparison.Ordinal);
        Assert.Same(received, Assert.Single(sink.Received));
    }

    [Fact]
    public async Task Doubled_dots_are_single_again_and_commands_out_of_order_are_refused()
    {
        await using var sink = new SmtpSink();
        using var client = new TcpClient(sink.Host, sink.Port);
        using var answers = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                "RCPT TO:<x@example.com>\r\nEHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n" +
                "DATA\r\n..two\r\n...\r\n.\r\nQUIT\r\n"));

        Assert.Equal(".two\r\n..\r\n", (await sink.NextAsync(Patience.Token)).Raw);
        var said = await answers.ReadToEndAsync(Patience.Token);
        Assert.Equal(["220", "503", "250", "250", "250", "354", "250", "221"], said.TrimEnd().Split("\r\n").Select(line => line[..3]));
    }

    [Fact]
    public async Task One_connection_may_bring_several_mails()
    {
        await using var sink = new SmtpSink();
        using var client = new SmtpClient(sink.Host, sink.Port);
        await client.SendMailAsync("billing@example.com", "ann@example.com", "One", "1");
        await client.SendMailAsync("billing@example.com", "bob@example.com", "Two", "2");
        Assert.Equal(["ann@example.com", "bob@example.com"], sink.Received.Select(mail => mail.To.Single()));
    }
}
