namespace Dunning.Dashboard.Access;

/// <summary>What the session's cookie holds, signed and encrypted. No personal data.</summary>
/// <param name="Id">Random, new with every sign-in; binds the form tokens to the session.</param>
/// <param name="KeyId">The key decides about name, role and revocation with every request.</param>
/// <param name="SignedInAt">UTC.</param>
/// <param name="RenewedAt">UTC.</param>
public sealed record SessionTicket(Guid Id, string KeyId, DateTimeOffset SignedInAt, DateTimeOffset RenewedAt)
{
    /// <summary>Without a request for so long, the session ends.</summary>
    private static readonly TimeSpan _idle = TimeSpan.FromHours(8);

    /// <summary>So long after the sign-in, the session ends in any case.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(7);

    /// <summary>Renewed with the first request after so long, not with each.</summary>
    private static readonly TimeSpan _renewal = TimeSpan.FromMinutes(15);

    internal static SessionTicket Create(DashboardKey key, DateTimeOffset now) => new(Guid.NewGuid(), key.Id, now, now);

    public DateTimeOffset EndsAt => new[] { RenewedAt + _idle, SignedInAt + _longest }.Min();

    internal bool IsToBeRenewed(DateTimeOffset now) => RenewedAt + _renewal <= now;
}
