using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Dunning.Notify.Email;

/// <summary>Where mail is handed over.</summary>
/// <param name="Tls">STARTTLS (RFC 3207), usually on port 587; TLS from the first byte (port 465) is not spoken by System.Net.Mail.</param>
/// <param name="Timeout">For the whole exchange.</param>
public sealed record SmtpServer(string Host, int Port, bool Tls, string? User, string? Password, TimeSpan Timeout)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>Any SMTP server. It knows no operation id; the Message-ID is the only thing a receiving server can see a duplicate by.</summary>
public sealed class SmtpEmailGateway(SmtpServer server, TimeProvider time) : IEmailGateway
{
    public async Task<SendOutcome> SendAsync(OutgoingEmail mail, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return SendOutcome.NotStarted;
        using var timeout = new CancellationTokenSource(server.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = Message(mail);
            using var client = Client();
            await client.SendMailAsync(message, stop.Token);
            return new SendOutcome.Sent(message.Headers["Message-ID"] ?? mail.OperationId.ToString());
        }
        catch (Exception failure)
        {
            return SmtpErrors.Outcome(failure, mail);
        }
    }

    public Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unknown("A mail server cannot be asked about a mail."));

    private SmtpClient Client() => new(server.Host, server.Port)
    {
        EnableSsl = server.Tls,
        UseDefaultCredentials = false,
        Credentials = server.User is null ? null : new NetworkCredential(server.User, server.Password),
    };

    private static MailMessage Message(OutgoingEmail mail)
    {
        var message = new MailMessage { From = Address(mail.From), Subject = mail.Text.Subject, SubjectEncoding = Encoding.UTF8 };
        foreach (var to in mail.To) message.To.Add(Address(to));
        foreach (var cc in mail.Cc) message.CC.Add(Address(cc));
        if (mail.ReplyTo is { } reply) message.ReplyToList.Add(Address(reply));
        foreach (var (name, value) in mail.Headers) message.Headers[name] = value;
        // multipart/alternative, plainest first (RFC 2046 section 5.1.4).
        message.AlternateViews.Add(View(mail.Text.Plain, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(mail.Text.Html, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView View(string text, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }

    private static MailAddress Address(MailParty party) => new(party.Address, party.Name, Encoding.UTF8);
}
