using Dunning.Notices.Delivery;

namespace Dunning.Notices.Email;

/// <summary>
/// A provider for email. There are two, because Azure Communication Services Email closes to new customers in 2026 and
/// ends on 2028-09-30.
/// </summary>
public interface IEmailGateway
{
    /// <summary>
    /// Makes one attempt, without retries. Failure and cancellation are outcomes, not exceptions.
    /// </summary>
    Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken);

    /// <summary>
    /// Queries the provider about an email whose sender stopped: sent, rejected, certainly never accepted
    /// (<see cref="SendOutcome.RetryLater"/>), or unknown. To be called after the claim has timed out, when no attempt
    /// can still be running. Throws when the query fails.
    /// </summary>
    Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken);
}
