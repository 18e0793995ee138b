using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// Any SMTP server. It knows no operation id; the Message-ID is the only thing a receiving server can see a duplicate
/// by.
/// </summary>
public sealed class SmtpEmailGateway(SmtpOptions server, TimeProvider time) : IEmailGateway, IAsyncDisposable
{
    private readonly SmtpConnections _connections = new(server, time);

    public async Task<SendOutcome> SendAsync(OutgoingEmail mail, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
        MimeMessage message;
        try
        {
            message = mail.ToMimeMessage(time.GetUtcNow());
        }
        catch (ParseException failure)
        {
            return SmtpErrors.Outcome(failure, handoverBegan: false);
        }
        using var timeout = new CancellationTokenSource(server.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return SmtpConnection.NeedsSmtpUtf8(message)
            ? await SendAloneAsync(message, stop.Token)
            : await SendInBatchAsync(message, stop.Token);
    }

    public Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unknown("A mail server cannot be asked about a mail."));

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<SendOutcome> SendInBatchAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // A server may have closed a connection that was idle. Then nothing was sent, and a new one can try at once.
        while (_connections.Take() is { } open)
        {
            var (outcome, wasOpen) = await SendAsync(
                message,
                () => Task.FromResult(open),
                _connections.Return,
                cancellationToken
            );
            if (wasOpen)
                return outcome;
        }
        var sent = await SendAsync(
            message,
            () => _connections.OpenAsync(cancellationToken),
            _connections.Return,
            cancellationToken
        );
        return sent.Outcome;
    }

    /// <summary>Rare enough for a connection of its own, which asks for SMTPUTF8.</summary>
    private async Task<SendOutcome> SendAloneAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var sent = await SendAsync(
            message,
            () => SmtpConnection.OpenAsync(server, smtpUtf8: true, cancellationToken),
            connection => _ = connection.CloseAsync(),
            cancellationToken
        );
        return sent.Outcome;
    }

    private static async Task<(SendOutcome Outcome, bool WasOpen)> SendAsync(
        MimeMessage message,
        Func<Task<SmtpConnection>> open,
        Action<SmtpConnection> release,
        CancellationToken cancellationToken
    )
    {
        var handover = new SmtpConnection.Handover();
        SmtpConnection? connection = null;
        try
        {
            connection = await open();
            await connection.SendAsync(message, handover, cancellationToken);
            return (new SendOutcome.Sent(message.Headers[HeaderId.MessageId]!), true);
        }
        catch (Exception failure)
        {
            var wasClosed = SmtpErrors.IsLostConnection(failure) && !handover.HasBegun;
            return (SmtpErrors.Outcome(failure, handover.HasBegun), !wasClosed);
        }
        finally
        {
            if (connection is not null)
                release(connection);
        }
    }
}
