using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// All versions of all policies: the embedded ones, those of the creditor's policies file, which replace embedded ones
/// of the same name and version, and those that a person has saved since. Versions are only ever added, so that a
/// decision never loses the one that it uses.
/// </summary>
public sealed class PolicyCatalog
{
    public const string Default = "default";

    private readonly IReadOnlyDictionary<PolicyVersion, Policy> _shipped;
    private volatile Versions _versions;

    /// <param name="overrideJson">The text of the creditor's own policies file, or null.</param>
    /// <exception cref="InvalidOperationException">
    /// A policy is invalid; the message names every mistake by field and fix.
    /// </exception>
    public PolicyCatalog(string? overrideJson = null)
    {
        Dictionary<PolicyVersion, Policy> all = [];
        foreach (
            var policy in PolicyReader
                .ReadAll(EmbeddedText.Read("Policies/policies.json"))
                .Concat(overrideJson is null ? [] : PolicyReader.ReadAll(overrideJson))
        )
            all[policy.Key] = policy;
        _shipped = all;
        _versions = new(all, new HashSet<PolicyVersion>());
    }

    private PolicyCatalog(Versions versions) => (_shipped, _versions) = (versions.All, versions);

    /// <summary>By name; the newest version of each that is active.</summary>
    internal IReadOnlyList<Policy> Active => _versions.Active;

    /// <summary>By name; of a policy of which no version is active yet the newest one.</summary>
    internal IReadOnlyList<Policy> All =>
        Versions.NewestOf([.. Active, .. _versions.All.Values.Where(policy => !Has(policy.Name))]);

    /// <summary>There is an active version: an invoice or a customer may be given the policy.</summary>
    public bool Has(string name) => Active.Any(policy => policy.Name == name);

    public bool Has(PolicyVersion version) => _versions.All.ContainsKey(version);

    /// <summary>All versions of a policy, the newest first; those that are not active yet among them.</summary>
    internal IReadOnlyList<Policy> VersionsOf(string name) =>
        [.. _versions.All.Values.Where(p => p.Name == name).OrderByDescending(p => p.Version)];

    /// <summary>The highest version, active or not; null when there is no such policy.</summary>
    internal Policy? Latest(string name) => _versions.All.Values.Where(p => p.Name == name).MaxBy(p => p.Version);

    /// <summary>The version for new invoices.</summary>
    public Policy Newest(string name) =>
        Active.FirstOrDefault(p => p.Name == name)
        ?? Latest(name)
        ?? throw new InvalidOperationException($"There is no dunning policy '{name}'.");

    /// <summary>Some policy is for customers who pay late, or early.</summary>
    internal bool DependsOnBehaviour => Active.Any(policy => policy.For is { IsAboutBehaviour: true });

    /// <summary>
    /// The policy of a new invoice of which neither its document nor a person has said it: one that is for it, of a
    /// group rather than of all, then by how the customer pays, then for the largest amount; else the default.
    /// </summary>
    /// <param name="behaviour">Null where it is not known.</param>
    internal string NameFor(Customer customer, Money amount, PayerBehaviour? behaviour = null) =>
        Active
            .Where(policy => policy.For?.Includes(customer, amount, behaviour?.DaysLateIn(amount.Currency)) is true)
            .OrderByDescending(policy => policy.For!.Groups.Count > 0)
            .ThenByDescending(policy => policy.For!.IsAboutBehaviour)
            .ThenByDescending(policy => policy.For!.LeastIn(amount.Currency)?.Minor ?? 0)
            .ThenBy(policy => policy.Name, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Name
        ?? Default;

    /// <summary>
    /// The version with which the invoice was accepted. If it no longer exists, the newest version of the policy, or of
    /// the default policy; the scan says so, see <see cref="StepDecision"/>.
    /// </summary>
    public Policy Of(Invoice invoice) =>
        _versions.All.GetValueOrDefault(invoice.Dunning.Policy)
        ?? Newest(Has(invoice.Dunning.Policy.Name) ? invoice.Dunning.Policy.Name : Default);

    /// <summary>
    /// The step of a policy that stands for one of another policy or version: the one with its id, else the last one
    /// that is not firmer than it and those before it.
    /// </summary>
    /// <param name="step">Null for none.</param>
    /// <param name="former">The version that the step is of; null where that is not known.</param>
    /// <returns>Null when every step is firmer, and for a step that no version has.</returns>
    internal StepId? Counterpart(Policy policy, StepId? step, PolicyVersion? former = null)
    {
        if (step is not { } id || policy.Find(id) is not null)
            return step;
        var (steps, own) = _versions
            .All.Values.OrderByDescending(other => other.Key == former)
            .ThenByDescending(other => other.Name == policy.Name)
            .ThenByDescending(other => other.Version)
            .SelectMany(other => other.StepLists.Zip(policy.StepLists))
            .FirstOrDefault(lists => lists.First.Any(one => one.Id == id));
        return own
            ?.LastOrDefault(one => one.Tone.IsReminder() && FirmestUntil(own, one.Id) <= FirmestUntil(steps, id))
            ?.Id;
    }

    /// <summary>The firmest tone of the reminders up to a step; a task for a person has none.</summary>
    private static NoticeTone FirmestUntil(IReadOnlyList<Step> steps, StepId id) =>
        steps
            .Take(steps.ToList().FindIndex(one => one.Id == id) + 1)
            .Where(one => one.Tone.IsReminder())
            .Select(one => one.Tone)
            .DefaultIfEmpty(NoticeTone.Upcoming)
            .Max();

    /// <summary>Adds the versions that a person has saved.</summary>
    /// <param name="stored">Those that are not active are known, and no new invoice follows them yet.</param>
    /// <returns>The versions that the policies file has, too, with other rules: what was saved is used.</returns>
    internal IReadOnlyList<PolicyVersion> Update(IEnumerable<(Policy Policy, bool IsActive)> stored)
    {
        var all = new Dictionary<PolicyVersion, Policy>(_shipped);
        HashSet<PolicyVersion> waiting = [];
        List<PolicyVersion> shadowed = [];
        foreach (var (policy, isActive) in stored)
        {
            if (_shipped.TryGetValue(policy.Key, out var file) && Rows.Serialise(file) != Rows.Serialise(policy))
                shadowed.Add(policy.Key);
            all[policy.Key] = policy;
            if (!isActive)
                waiting.Add(policy.Key);
        }
        _versions = new(all, waiting);
        return shadowed;
    }

    /// <summary>A catalog with one more version, to see what it would change.</summary>
    internal PolicyCatalog With(Policy policy) =>
        new(
            new Versions(
                new Dictionary<PolicyVersion, Policy>(_versions.All) { [policy.Key] = policy },
                _versions.Waiting
            )
        );

    private sealed record Versions(IReadOnlyDictionary<PolicyVersion, Policy> All, IReadOnlySet<PolicyVersion> Waiting)
    {
        public IReadOnlyList<Policy> Active { get; } =
            NewestOf(All.Values.Where(policy => !Waiting.Contains(policy.Key)));

        public static IReadOnlyList<Policy> NewestOf(IEnumerable<Policy> policies) =>
            [
                .. policies
                    .GroupBy(policy => policy.Name)
                    .Select(versions => versions.MaxBy(policy => policy.Version)!)
                    .OrderBy(policy => policy.Name, StringComparer.Ordinal),
            ];
    }
}
