using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>One way to reach somebody: email, SMS, escalation copy.</summary>
public interface INoticeChannel
{
    /// <summary>Renders the message and looks up its recipients.</summary>
    Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a message of <see cref="PrepareAsync"/> to the provider; called once, after the claim.</summary>
    Task<SendOutcome> SendAsync(PreparedMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Queries the provider about a message whose sender stopped after the claim: sent, rejected, certainly never
    /// accepted (<see cref="SendOutcome.RetryLater"/>), or unknown.
    /// </summary>
    Task<SendOutcome> FindSentAsync(Notice notice, CancellationToken cancellationToken);
}
