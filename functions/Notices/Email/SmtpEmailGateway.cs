using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// Any SMTP server. It knows no operation id; the Message-ID is the only thing a receiving server can see a duplicate
/// by.
/// </summary>
internal sealed class SmtpEmailGateway(SmtpOptions server, TimeProvider time) : IEmailGateway, IAsyncDisposable
{
    private readonly SmtpConnections _connections = new(time);

    public async Task<SendOutcome> SendAsync(OutgoingEmail mail, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
        using var timeout = new CancellationTokenSource(server.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var message = mail.ToMimeMessage(time.GetUtcNow());
            // A server may have closed a connection that was idle. Then nothing was sent, and a new one can try at
            // once.
            while (!SmtpConnection.NeedsSmtpUtf8(message) && _connections.Take() is { } idle)
            {
                var (sent, wasClosed) = await SendAsync(message, idle, stop.Token);
                if (!wasClosed)
                    return sent;
            }
            var connection = await SmtpConnection.OpenAsync(server, stop.Token);
            return (await SendAsync(message, connection, stop.Token)).Outcome;
        }
        catch (Exception failure)
        {
            // The message could not be written, or no connection was opened.
            return SmtpErrors.Outcome(failure, handoverBegan: false);
        }
    }

    public Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unknown("A mail server cannot be asked about a mail."));

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<(SendOutcome Outcome, bool WasClosed)> SendAsync(
        MimeMessage message,
        SmtpConnection connection,
        CancellationToken cancellationToken
    )
    {
        var progress = new SmtpConnection.TransferProgress();
        try
        {
            await connection.SendAsync(message, progress, cancellationToken);
            return (new SendOutcome.Sent(message.Headers[HeaderId.MessageId]!), false);
        }
        catch (Exception failure)
        {
            var wasClosed = SmtpErrors.IsLostConnection(failure) && !progress.HasBegun;
            return (SmtpErrors.Outcome(failure, progress.HasBegun), wasClosed);
        }
        finally
        {
            _connections.Return(connection);
        }
    }
}
