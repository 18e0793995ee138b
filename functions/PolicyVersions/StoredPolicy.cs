using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.PolicyVersions;

/// <summary>A version of a policy that a person has saved. Versions are added, and never changed or removed.</summary>
/// <param name="By">Who saved it.</param>
/// <param name="At">UTC.</param>
/// <param name="ActiveFrom">From then on new invoices follow it, UTC: by then every instance has read it.</param>
public sealed record StoredPolicy(Policy Policy, string By, DateTimeOffset At, DateTimeOffset ActiveFrom)
    : StoredRecord;
