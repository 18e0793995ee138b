using Dunning.Notices.Delivery;

namespace Dunning.Notices.Email;

/// <summary>
/// A way to send mail. Two are needed: Azure Communication Services Email closes to new customers in 2026 and ends on
/// 2028-09-30.
/// </summary>
public interface IEmailGateway
{
    /// <summary>
    /// Hands over one mail, once: no retry inside. A failure is an outcome, not an exception, and so is a stop on the
    /// way.
    /// </summary>
    Task<SendOutcome> SendAsync(OutgoingEmail mail, CancellationToken cancellationToken);

    /// <summary>
    /// What became of a mail whose sender died: accepted, refused, surely never accepted
    /// (<see cref="SendOutcome.RetryLater"/>), or unknown. Asked long after the attempt, when nothing can be on its way
    /// any more. Throws when the provider cannot be asked now.
    /// </summary>
    Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken);
}
