using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// Sends by SMTP, through any server. SMTP has no operation id: only the Message-ID lets a receiving server detect a
/// duplicate.
/// </summary>
internal sealed class SmtpEmailGateway(SmtpOptions server, TimeProvider time) : IEmailGateway, IAsyncDisposable
{
    private readonly SmtpConnections _connections = new(time);

    public async Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
        using var timeout = new CancellationTokenSource(server.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var message = email.ToMimeMessage(time.GetUtcNow());
            // The server may have closed an idle connection. Then nothing was sent, and another connection is tried.
            while (!SmtpConnection.NeedsSmtpUtf8(message) && _connections.Take() is { } idle)
            {
                var (outcome, wasClosed) = await SendAsync(message, idle, stop.Token);
                if (!wasClosed)
                    return outcome;
            }
            var connection = await SmtpConnection.OpenAsync(server, stop.Token);
            return (await SendAsync(message, connection, stop.Token)).Outcome;
        }
        catch (Exception failure)
        {
            // The email could not be built, or no connection was opened.
            return SmtpErrors.Outcome(failure, transferBegan: false);
        }
    }

    public Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unknown("A mail server cannot be queried about an email."));

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
