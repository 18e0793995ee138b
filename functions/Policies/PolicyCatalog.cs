using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// All versions of all policies: the embedded ones, and those of the creditor's policies file, which replace embedded
/// ones of the same name and version.
/// </summary>
public sealed class PolicyCatalog
{
    public const string Default = "default";

    private readonly Dictionary<PolicyVersion, Policy> _all = [];

    /// <param name="overrideJson">The text of the creditor's own policies file, or null.</param>
    /// <exception cref="InvalidOperationException">
    /// A policy is invalid; the message names every mistake by field and fix.
    /// </exception>
    public PolicyCatalog(string? overrideJson = null)
    {
        foreach (
            var policy in PolicyReader
                .ReadAll(EmbeddedText.Read("Policies/policies.json"))
                .Concat(overrideJson is null ? [] : PolicyReader.ReadAll(overrideJson))
        )
            _all[policy.Key] = policy;
    }

    public bool Has(string name) => _all.Keys.Any(k => k.Name == name);

    public bool Has(PolicyVersion version) => _all.ContainsKey(version);

    /// <summary>The version for new invoices.</summary>
    public Policy Newest(string name) =>
        _all.Values.Where(p => p.Name == name).MaxBy(p => p.Version)
        ?? throw new InvalidOperationException($"There is no dunning policy '{name}'.");

    /// <summary>
    /// The policy of a new invoice of which neither its document nor a person has said it: one that is for it, of a
    /// group rather than of all, for the largest amount; else the default.
    /// </summary>
    internal string NameFor(Customer customer, Money amount) =>
        _all.Values.GroupBy(policy => policy.Name)
            .Select(versions => versions.MaxBy(policy => policy.Version)!)
            .Where(policy => policy.For?.Includes(customer, amount) is true)
            .OrderByDescending(policy => policy.For!.Groups.Count > 0)
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
        _all.GetValueOrDefault(invoice.Dunning.Policy)
        ?? Newest(Has(invoice.Dunning.Policy.Name) ? invoice.Dunning.Policy.Name : Default);
}
