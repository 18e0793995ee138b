using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dunning.Local;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Notices.Letters;
using MimeKit;
using Xunit.Abstractions;

namespace Dunning.Tests.Notices.Email;

public sealed class SmtpEmailGatewayTests(ITestOutputHelper output)
{
    private static readonly X509Certificate2 _certificate = SelfSigned();

    [Theory]
    [InlineData(MailTls.None)]
    [InlineData(MailTls.StartTls)]
    [InlineData(MailTls.Implicit)]
    public async Task An_accepted_mail_has_both_texts_and_its_own_message_id(MailTls tls)
    {
        await using var sink = new SmtpSink(tls: tls, certificate: tls == MailTls.None ? null : _certificate);
        await using var gateway = Gateway(sink, tls);

        var outcome = await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None);

        var id = OutgoingSamples.Mail.Headers["Message-ID"];
        Assert.Equal(new SendOutcome.Sent(id), outcome);
        var mail = Assert.Single(sink.Received);
        output.WriteLine($"Email__Tls={tls}\n{mail.Raw}");
        Assert.Equal("billing@fjordlys.example", mail.From);
        Assert.Equal(["ana@nordwind.example", "karl@nordwind.example"], mail.To);
        string[] lines =
        [
            "Message-ID: " + id,
            "Auto-Submitted: auto-generated",
            "Content-Language: en",
            "References: <",
            "In-Reply-To: <",
            "Content-Type: multipart/alternative",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/html; charset=utf-8",
            "Reply-To: Mette Holm <mette@fjordlys.example>",
            "Cc: karl@nordwind.example",
            "<p>Hello S=C3=B8ren</p>",
        ];
        Assert.All(lines, line => Assert.Contains(line, mail.Raw, StringComparison.OrdinalIgnoreCase));
        Assert.True(
            mail.Raw.IndexOf("text/plain", StringComparison.Ordinal)
                < mail.Raw.IndexOf("text/html", StringComparison.Ordinal)
        );
    }

    [Theory]
    // Sender address, login or quota: a configuration error, so the email waits.
    [InlineData("MAIL", "550 5.7.1 not you", "retry (settings)")]
    [InlineData("MAIL", "530 5.7.0 log in first", "retry (settings)")]
    [InlineData("MAIL", "553 5.1.8 sender domain unknown", "retry (settings)")]
    [InlineData("RCPT", "554 5.7.1 relay access denied", "retry (settings)")]
    [InlineData("RCPT", "550 5.7.1 relaying denied", "retry (settings)")]
    [InlineData("RCPT", "550 5.1.8 bad sender", "retry (settings)")]
    [InlineData("DATA", "503 5.5.1 not now", "retry (settings)")]
    [InlineData(".", "550 no reason given", "retry (settings)")]
    // Temporary.
    [InlineData("MAIL", "451 4.7.1 greylisted", "retry")]
    [InlineData("MAIL", "421 4.3.2 closing", "retry")]
    [InlineData("RCPT", "450 4.2.1 busy", "retry")]
    [InlineData("RCPT", "552 5.2.2 mailbox full", "retry")]
    [InlineData("DATA", "452 4.3.1 disk full", "retry")]
    [InlineData(".", "452 4.3.1 disk full", "retry")]
    [InlineData(".", "451 4.3.0 try later", "retry")]
    [InlineData(".", "421 4.3.2 closing", "retry")]
    // This email, for any recipient.
    [InlineData("MAIL", "552 5.3.4 too large", "rejected 552 5.3.4")]
    [InlineData("MAIL", "552 too large", "rejected 552")]
    [InlineData("DATA", "554 5.7.1 refused", "rejected 554 5.7.1")]
    [InlineData(".", "554 5.7.1 looks like spam", "rejected 554 5.7.1")]
    [InlineData(".", "554 looks like spam", "rejected 554")]
    [InlineData(".", "550 5.7.26 unauthenticated", "rejected 550 5.7.26")]
    [InlineData(".", "550 5.6.0 content rejected", "rejected 550 5.6.0")]
    [InlineData("RCPT", "552 5.2.3 too large for you", "rejected 552 5.2.3")]
    // This address.
    [InlineData("RCPT", "550 5.1.1 no such user", "dead address 550 5.1.1")]
    [InlineData("RCPT", "550 no such user", "dead address 550")]
    [InlineData("RCPT", "553 name not allowed", "dead address 553")]
    [InlineData("RCPT", "550 5.4.1 Recipient address rejected: Access denied", "dead address 550 5.4.1")]
    [InlineData("RCPT", "550 5.2.1 mailbox disabled", "dead address 550 5.2.1")]
    [InlineData("RCPT", "556 5.1.10 domain takes no mail", "dead address 556 5.1.10")]
    [InlineData("RCPT", "550 5.1.0 address rejected", "dead address 550 5.1.0")]
    [InlineData("RCPT", "550 5.0.0 no such user", "dead address 550 5.0.0")]
    [InlineData("RCPT", "550 5.4.310 domain does not exist", "dead address 550 5.4.310")]
    [InlineData("RCPT", "550 5.7.133 only for members", "dead address 550 5.7.133")]
    // Unknown outcome, or certainly not sent.
    [InlineData("MAIL", null, "retry")]
    [InlineData("RCPT", null, "retry")]
    [InlineData("DATA", null, "retry")]
    [InlineData(".", null, "unknown")]
    public async Task The_reply_decides_what_is_known(string command, string? reply, string expected)
    {
        await using var sink = new SmtpSink(line => line.StartsWith(command, StringComparison.Ordinal) ? reply : "");
        await using var gateway = Gateway(sink);

        var outcome = await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None);

        output.WriteLine($"{command} -> {reply ?? "connection dropped"} -> {outcome}");
        Assert.Equal(expected, Name(outcome));
        Assert.Empty(sink.Received);
        Assert.DoesNotContain("nordwind", outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_copy_does_not_undo_the_mail()
    {
        await using var sink = new SmtpSink(line =>
            line == "RCPT TO:karl@nordwind.example" ? "550 5.1.1 no such user" : ""
        );
        await using var gateway = Gateway(sink);

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
        Assert.Equal(["ana@nordwind.example"], Assert.Single(sink.Received).To);
    }

    [Theory]
    [InlineData("450 4.2.1 busy", "retry")]
    [InlineData("550 5.1.1 no such user", "dead address 550 5.1.1")]
    public async Task A_mail_whose_recipient_is_rejected_does_not_go_to_the_copies_alone(string reply, string expected)
    {
        await using var sink = new SmtpSink(line => line == "RCPT TO:ana@nordwind.example" ? reply : "");
        await using var gateway = Gateway(sink);

        Assert.Equal(expected, Name(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None)));
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_batch_goes_over_one_connection()
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);

        for (var i = 0; i < 5; i++)
            Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));

        Assert.Equal((5, 1), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task A_refused_mail_leaves_the_connection_to_the_next_one()
    {
        var refuses = true;
        await using var sink = new SmtpSink(line =>
            refuses && line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : ""
        );
        await using var gateway = Gateway(sink);

        Assert.IsType<SendOutcome.Rejected>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
        refuses = false;
        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));

        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("421 4.7.0 too many mails on one connection")]
    public async Task A_connection_that_the_server_has_ended_meanwhile_is_replaced_at_once(string? reply)
    {
        var mails = 0;
        await using var sink = new SmtpSink(line =>
            line.StartsWith("MAIL", StringComparison.Ordinal) && Interlocked.Increment(ref mails) == 2 ? reply : ""
        );
        await using var gateway = Gateway(sink);

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));

        Assert.Equal((2, 2), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task A_mail_that_may_have_arrived_is_not_sent_again_over_another_connection()
    {
        var mails = 0;
        await using var sink = new SmtpSink(line => line == "." && Interlocked.Increment(ref mails) == 2 ? null : "");
        await using var gateway = Gateway(sink);

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
        Assert.IsType<SendOutcome.Unknown>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));

        Assert.Equal((1, 1), (sink.Received.Count, sink.Connections));
    }

    [Theory]
    [InlineData(SmtpSink.Password, "sent")]
    [InlineData("a wrong one", "retry (settings)")]
    public async Task The_log_in_is_that_of_the_settings(string password, string expected)
    {
        await using var sink = new SmtpSink();
        await using var gateway = new SmtpEmailGateway(
            new SmtpOptions(sink.Host, sink.Port, MailTls.None, SmtpSink.User, password, TimeSpan.FromSeconds(20)),
            TimeProvider.System
        );

        Assert.Equal(expected, Name(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None)));
    }

    [Theory]
    [InlineData(MailTls.StartTls)]
    [InlineData(MailTls.Implicit)]
    public async Task A_server_with_an_untrusted_certificate_gets_no_mail(MailTls tls)
    {
        await using var sink = new SmtpSink(tls: tls, certificate: _certificate);
        await using var gateway = new SmtpEmailGateway(Options(sink.Port, tls), TimeProvider.System);

        Assert.Equal("retry (settings)", Name(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None)));
        Assert.Empty(sink.Commands);
    }

    [Fact]
    public async Task A_server_without_the_required_tls_gets_no_mail()
    {
        await using var sink = new SmtpSink();
        await using var gateway = new SmtpEmailGateway(Options(sink.Port, MailTls.StartTls), TimeProvider.System);

        Assert.Equal("retry (settings)", Name(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None)));
        Assert.Empty(sink.Commands);
    }

    [Fact]
    public async Task An_address_with_letters_beyond_ascii_is_written_as_it_is()
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("søren@bücher.example", "Søren")] };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));

        var received = Assert.Single(sink.Received);
        Assert.StartsWith("søren@", received.To[0], StringComparison.Ordinal);
        Assert.Contains("To: Søren <søren@", received.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_beyond_ascii_needs_no_server_that_knows_it()
    {
        await using var sink = new SmtpSink(smtpUtf8: false);
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("ana@bücher.example")] };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));
        Assert.Equal("ana@xn--bcher-kva.example", Assert.Single(sink.Received).To[0]);
    }

    [Fact]
    public async Task A_domain_beyond_ascii_asks_no_next_server_to_know_it()
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with
        {
            From = new Mailbox("billing@xn--bcher-kva.example", "Bücher"),
            To = [new Mailbox("ana@xn--bcher-kva.example")],
        };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));

        Assert.Equal("ana@xn--bcher-kva.example", Assert.Single(sink.Received).To[0]);
        Assert.DoesNotContain(sink.Parameters, parameter => parameter == "SMTPUTF8");
    }

    [Fact]
    public async Task A_mailbox_beyond_ascii_is_announced_and_the_next_mail_is_not()
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("søren@nordwind.example")] };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));
        Assert.Equal("SMTPUTF8", Assert.Single(sink.Parameters, parameter => parameter == "SMTPUTF8"));
        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
        Assert.Single(sink.Parameters, parameter => parameter == "SMTPUTF8");
    }

    [Fact]
    public async Task A_copy_that_the_server_cannot_address_does_not_keep_the_mail_from_its_addressee()
    {
        await using var sink = new SmtpSink(smtpUtf8: false);
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with
        {
            Cc = [new Mailbox("søren@nordwind.example"), new Mailbox("karl@nordwind.example")],
        };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));

        var received = Assert.Single(sink.Received);
        Assert.Equal(["ana@nordwind.example", "karl@nordwind.example"], received.To);
        Assert.DoesNotContain("søren", received.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_to_what_is_no_address_does_not_keep_the_mail_from_its_addressee()
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with { Cc = [new Mailbox("karl at nordwind")] };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));
        Assert.Equal(["ana@nordwind.example"], Assert.Single(sink.Received).To);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_costs_no_connection()
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
        var unwritable = OutgoingSamples.Mail with { To = [new Mailbox("ana at nordwind")] };
        Assert.IsType<SendOutcome.Rejected>(await gateway.SendAsync(unwritable, CancellationToken.None));
        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));

        Assert.Equal(1, sink.Connections);
    }

    [Fact]
    public async Task Without_a_user_nobody_logs_in()
    {
        await using var sink = new SmtpSink();
        await using var gateway = new SmtpEmailGateway(
            Options(sink.Port) with
            {
                User = "",
                Password = "",
            },
            TimeProvider.System
        );

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_without_smtputf8_cannot_reach_a_mailbox_beyond_ascii()
    {
        await using var sink = new SmtpSink(smtpUtf8: false);
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("søren@nordwind.example")] };

        Assert.Equal("dead address 553 5.6.7", Name(await gateway.SendAsync(mail, CancellationToken.None)));
    }

    [Theory]
    [InlineData("Boss\", \"CEO\" <ceo@evil.example>, \"y")]
    [InlineData("Hotel \"Adler\" GmbH")]
    [InlineData("back\\slash")]
    [InlineData("=?utf-8?q?=0D=0ABcc:_x@evil.example?=", "= ?utf-8?q?=0D=0ABcc:_x@evil.example?=")]
    [InlineData("=?utf-8?q?Søren?=", "= ?utf-8?q?Søren?=")]
    [InlineData("=\u200B?utf-8?q?=0ABcc:_x@evil.example?=", "= ?utf-8?q?=0ABcc:_x@evil.example?=")]
    [InlineData("=\u202E?utf-8?b?QQ==?=", "= ?utf-8?b?QQ== ?=")]
    [InlineData("Ana\u200B\U000E0041 S\u00ADøe\uFEFF", "Ana Søe")]
    [InlineData("Ana\r\nBcc: x@evil.example", "Ana Bcc: x@evil.example")]
    [InlineData("Café \"Zoë\", Bar", "Café ”Zoë”, Bar")]
    [InlineData("Müller (Köln)-GmbH (\"x\")", "Müller (Köln) -GmbH (”x”)")]
    public async Task A_name_stays_a_name(string name, string? read = null)
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);
        var mail = OutgoingSamples.Mail with
        {
            From = new("billing@fjordlys.example", name),
            To = [new("ana@nordwind.example", name)],
            Cc = [new("karl@nordwind.example", name)],
            ReplyTo = new("mette@fjordlys.example", name),
        };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));

        var received = Assert.Single(sink.Received);
        Assert.Equal(["ana@nordwind.example", "karl@nordwind.example"], received.To);
        var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(received.Raw)));
        foreach (var party in new[] { message.From, message.To, message.Cc, message.ReplyTo })
            Assert.Equal(read ?? name, Assert.Single(party.Mailboxes).Name);
        var fields = AddressHeader
            .Fields(received.Raw)
            .Where(f => f.Name is "From" or "To" or "Cc" or "Reply-To")
            .ToList();
        Assert.Equal(4, fields.Count);
        Assert.All(fields, field => Assert.Equal(read ?? name, Assert.Single(AddressHeader.Read(field.Value)).Name));
        Assert.Empty(message.Bcc);
    }

    [Theory]
    [InlineData("=?utf-8?q?=0D=0ABcc:_x@evil.example?=")]
    [InlineData("=\u200B?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxl?=")]
    [InlineData("2026-=?utf-8?q?0042?=")]
    public async Task An_encoded_word_in_a_number_does_not_reach_the_subject(string number)
    {
        await using var sink = new SmtpSink();
        await using var gateway = Gateway(sink);
        var content = LetterSamples.Letter(NoticeTone.Firm, LetterSamples.Invoice() with { Number = number });
        var mail = OutgoingSamples.Mail with { Text = EmailText.Render(EmailPage.Create(content)) };

        Assert.IsType<SendOutcome.Sent>(await gateway.SendAsync(mail, CancellationToken.None));

        var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(sink.Received).Raw)));
        Assert.Contains(
            number.Replace("\u200B", "", StringComparison.Ordinal).Replace("=?", "= ?", StringComparison.Ordinal),
            message.Subject,
            StringComparison.Ordinal
        );
        Assert.Empty(message.Bcc);
    }

    [Fact]
    public async Task No_connection_means_nothing_was_sent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var gateway = new SmtpEmailGateway(Options(port), TimeProvider.System);

        Assert.Equal("retry", Name(await gateway.SendAsync(OutgoingSamples.Mail, CancellationToken.None)));
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent()
    {
        await using var gateway = new SmtpEmailGateway(Options(port: 1), TimeProvider.System);
        var mail = OutgoingSamples.Mail with { To = [new Mailbox("ana at nordwind")] };

        Assert.Equal("dead address bad_address", Name(await gateway.SendAsync(mail, CancellationToken.None)));
    }

    [Fact]
    public async Task A_stop_before_the_exchange_sends_nothing()
    {
        await using var gateway = new SmtpEmailGateway(Options(port: 1), TimeProvider.System);

        Assert.Equal(
            SendOutcome.NotStarted,
            await gateway.SendAsync(OutgoingSamples.Mail, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task An_idle_connection_is_closed_politely_after_a_while()
    {
        var clock = new MovableClock(OutgoingSamples.Now, frozen: true);
        await using var sink = new SmtpSink();
        await using var connections = new SmtpConnections(clock);
        connections.Return(await SmtpConnection.OpenAsync(Options(sink.Port), CancellationToken.None));

        clock.Advance(TimeSpan.FromSeconds(19));
        await connections.CloseIdleAsync();
        var open = connections.Take();
        Assert.NotNull(open);
        connections.Return(open);
        clock.Advance(TimeSpan.FromSeconds(21));
        await connections.CloseIdleAsync();

        Assert.Null(connections.Take());
    }

    [Fact]
    public void The_servers_password_is_not_printed() =>
        Assert.DoesNotContain(
            "secret",
            new SmtpOptions(
                "mail.example",
                587,
                MailTls.StartTls,
                "user",
                "secret",
                TimeSpan.FromSeconds(1)
            ).ToString(),
            StringComparison.Ordinal
        );

    private static string Name(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.Sent => "sent",
            SendOutcome.RetryLater { IsConfigurationError: true } => "retry (settings)",
            SendOutcome.RetryLater => "retry",
            SendOutcome.Rejected { AddressIsDead: true } dead => $"dead address {dead.Code}",
            SendOutcome.Rejected rejected => $"rejected {rejected.Code}",
            _ => "unknown",
        };

    private static SmtpEmailGateway Gateway(SmtpSink sink, MailTls tls = MailTls.None) =>
        new(
            Options(sink.Port, tls) with
            {
                CertificateValidation = (_, certificate, _, _) => _certificate.Equals(certificate),
            },
            TimeProvider.System
        );

    private static SmtpOptions Options(int port, MailTls tls = MailTls.None) =>
        new("127.0.0.1", port, tls, User: null, Password: null, TimeSpan.FromSeconds(20));

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200)
        );
        // On Windows, TLS needs an imported key.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
