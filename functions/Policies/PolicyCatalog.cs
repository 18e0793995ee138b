using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Every version of every policy: those shipped, and those of the override file, which wins where name and version are
/// the same.
/// </summary>
public sealed class PolicyCatalog
{
    public const string Default = "default";

    private readonly Dictionary<PolicyVersion, Policy> _all = [];

    /// <param name="overrideJson">The text of the creditor's own policies file, or null.</param>
    /// <exception cref="InvalidOperationException">
    /// A policy cannot be used; the message names it and the fix.
    /// </exception>
    public PolicyCatalog(string? overrideJson = null)
    {
        foreach (
            var policy in Read(EmbeddedText.Read("Policies/policies.json"))
                .Concat(overrideJson is null ? [] : Read(overrideJson))
        )
            _all[policy.Key] = policy;
    }

    public bool Has(string name) => _all.Keys.Any(k => k.Name == name);

    /// <summary>The version that new invoices start with.</summary>
    public Policy Newest(string name) =>
        _all.Values.Where(p => p.Name == name).MaxBy(p => p.Version)
        ?? throw new InvalidOperationException($"There is no reminder policy '{name}'.");

    /// <summary>The version an invoice started with; the newest when the creditor has removed that one.</summary>
    public Policy Of(Invoice invoice) =>
        _all.GetValueOrDefault(invoice.Policy) ?? Newest(Has(invoice.Policy.Name) ? invoice.Policy.Name : Default);

    private static IEnumerable<Policy> Read(string json)
    {
        try
        {
            var policies = JsonSerializer.Deserialize<List<Policy>>(json, Rows.Json) ?? [];
            policies.ForEach(Check);
            return policies;
        }
        catch (JsonException unreadable)
        {
            throw new InvalidOperationException(
                $"The policies cannot be read at {unreadable.Path}: {unreadable.Message}",
                unreadable
            );
        }
    }

    private static void Check(Policy policy)
    {
        if (policy.Version < 1)
            throw new InvalidOperationException($"Policy '{policy.Name}' needs a version from 1 on.");
        if (policy.Steps is not { Count: > 0 })
            throw new InvalidOperationException($"Policy '{policy.Name}' has no steps.");
        if (policy.Steps.CountBy(s => s.Id).FirstOrDefault(s => s.Value > 1) is { Key: { } twice })
            throw new InvalidOperationException($"Policy '{policy.Name}' has two steps named '{twice}'.");
        if (policy.Steps.FirstOrDefault(s => s.Days is null == s.BusinessDays is null) is { } unclear)
            throw new InvalidOperationException(
                $"Step '{unclear.Id}' of policy '{policy.Name}' needs either days or businessDays."
            );
        if (policy.MinDaysBetweenNotices < 1)
            throw new InvalidOperationException($"Policy '{policy.Name}': minDaysBetweenNotices is at least 1.");
        if (
            policy.Tolerance.FirstOrDefault(t =>
                !Money.TryParse(t.Value, t.Key, out var most, out _) || most.Minor < 0
            ) is
            { Key: { } currency }
        )
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': the tolerance in {currency} is no amount of it, such as \"0.05\"."
            );
        if (policy.SendAt < new TimeOnly(8, 0) || policy.SendAt > new TimeOnly(17, 0))
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': sendAt lies between 08:00 and 17:00, when mail may be sent."
            );
        if (policy.Steps.FirstOrDefault(s => s is { Tone: NoticeTone.Final, PayByDays: null }) is { } dateless)
            throw new InvalidOperationException(
                $"Step '{dateless.Id}' of policy '{policy.Name}' needs payByDays: a final reminder names a date."
            );
    }
}
