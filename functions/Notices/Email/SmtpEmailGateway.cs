using Dunning.Notices.Delivery;

namespace Dunning.Notices.Email;

/// <summary>
/// Any SMTP server. It knows no operation id; the Message-ID is the only thing a receiving server can see a duplicate by.
/// </summary>
public sealed class SmtpEmailGateway(SmtpOptions server, TimeProvider time) : IEmailGateway, IAsyncDisposable
{
    private readonly SmtpConnections _connections = new(server, time);

    public async Task<SendOutcome> SendAsync(OutgoingEmail mail, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
        using var timeout = new CancellationTokenSource(server.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        // A server may have closed a connection that was idle. Then nothing was sent, and a new one can try at once.
        while (_connections.Take() is { } open)
        {
            var (outcome, wasOpen) = await SendAsync(mail, () => Task.FromResult(open), stop.Token);
            if (wasOpen)
                return outcome;
        }
        return (await SendAsync(mail, () => _connections.OpenAsync(stop.Token), stop.Token)).Outcome;
    }

    public Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unknown("A mail server cannot be asked about a mail."));

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<(SendOutcome Outcome, bool WasOpen)> SendAsync(
        OutgoingEmail mail, Func<Task<SmtpConnection>> open, CancellationToken cancellationToken)
    {
        var handover = new SmtpConnection.Handover();
        SmtpConnection? connection = null;
        try
        {
            var message = mail.ToMimeMessage(time.GetUtcNow());
            connection = await open();
            await connection.SendAsync(message, handover, cancellationToken);
            return (new SendOutcome.Sent(mail.Headers.GetValueOrDefault("Message-ID") ?? mail.OperationId.ToString()), true);
        }
        catch (Exception failure)
        {
            var wasClosed = SmtpErrors.IsLostConnection(failure) && !handover.HasBegun;
            return (SmtpErrors.Outcome(failure, handover.HasBegun), !wasClosed);
        }
        finally
        {
            if (connection is not null)
                _connections.Return(connection);
        }
    }
}
