using Dunning.Policies;

namespace Dunning.PolicyVersions;

/// <summary>A policy in all its versions, as the API answers it.</summary>
/// <param name="Version">The one that new invoices follow.</param>
/// <param name="Versions">The newest first.</param>
public sealed record PolicyView(string Name, int Version, IReadOnlyList<PolicyVersionView> Versions)
{
    /// <param name="stored">The saved versions of all policies.</param>
    /// <returns>Null when there is no such policy.</returns>
    internal static PolicyView? Create(PolicyCatalog catalog, string name, IReadOnlyList<StoredPolicy> stored) =>
        catalog.VersionsOf(name) is { Count: > 0 } versions
            ? new PolicyView(
                name,
                catalog.Newest(name).Version,
                [
                    .. versions.Select(policy =>
                        PolicyVersionView.Create(policy, stored.FirstOrDefault(one => one.Policy.Key == policy.Key))
                    ),
                ]
            )
            : null;
}

/// <param name="By">Who saved it; null for one that comes with the app or its policies file.</param>
/// <param name="At">When, UTC; null likewise.</param>
/// <param name="ActiveFrom">From then on new invoices follow it, UTC; null likewise.</param>
public sealed record PolicyVersionView(
    int Version,
    string? By,
    DateTimeOffset? At,
    DateTimeOffset? ActiveFrom,
    Policy Policy
)
{
    internal static PolicyVersionView Create(Policy policy, StoredPolicy? stored) =>
        new(policy.Version, stored?.By, stored?.At, stored?.ActiveFrom, policy);
}
