using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

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
    /// A policy is invalid; the message names it and the correction.
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

    public bool Has(PolicyVersion version) => _all.ContainsKey(version);

    /// <summary>The version for new invoices.</summary>
    public Policy Newest(string name) =>
        _all.Values.Where(p => p.Name == name).MaxBy(p => p.Version)
        ?? throw new InvalidOperationException($"There is no dunning policy '{name}'.");

    /// <summary>
    /// The version with which the invoice was accepted. If it no longer exists, the newest version of the policy, or of
    /// the default policy; the scan says so, see <see cref="StepDecision"/>.
    /// </summary>
    public Policy Of(Invoice invoice) =>
        _all.GetValueOrDefault(invoice.Dunning.Policy)
        ?? Newest(Has(invoice.Dunning.Policy.Name) ? invoice.Dunning.Policy.Name : Default);

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
                $"The policies file cannot be read at {unreadable.Path}: {unreadable.Message}",
                unreadable
            );
        }
    }

    private static void Check(Policy policy)
    {
        if (policy.Version < 1)
            throw new InvalidOperationException($"Policy '{policy.Name}': version must be 1 or higher.");
        if (policy.Steps is not { Count: > 0 })
            throw new InvalidOperationException($"Policy '{policy.Name}' has no steps: add at least one.");
        if (policy.AllSteps.CountBy(s => s.Id).Where(s => s.Value > 1).ToList() is [var duplicate, ..])
            throw new InvalidOperationException(
                $"Policy '{policy.Name}' has two steps named '{duplicate.Key}': step ids must be unique."
            );
        if (policy.AllSteps.FirstOrDefault(s => DunningSchedule.IsReserved(s.Id)) is { } reserved)
            throw new InvalidOperationException(
                $"Step '{reserved.Id}' of policy '{policy.Name}' has a reserved id: choose another one."
            );
        if (policy.AllSteps.FirstOrDefault(s => s.Days is null == s.BusinessDays is null) is { } ambiguous)
            throw new InvalidOperationException(
                $"Step '{ambiguous.Id}' of policy '{policy.Name}' must have either days or businessDays."
            );
        if (policy.MinDaysBetweenNotices < 1)
            throw new InvalidOperationException($"Policy '{policy.Name}': minDaysBetweenNotices must be at least 1.");
        if (
            policy.AllSteps.FirstOrDefault(s => !s.Tone.IsSentBySms() && s.Channels.Any(c => c is not Channel.Email)) is
            { } byEmail
        )
            throw new InvalidOperationException(
                $"Step '{byEmail.Id}' of policy '{policy.Name}' can only be sent by email."
            );
        if (
            policy.PlanGraceBusinessDays < 0
            || policy.PromiseGraceBusinessDays < 0
            || policy.DiscountLagBusinessDays < 0
            || policy.PortalPromiseDays < 0
            || policy.ClaimedPaymentBusinessDays < 0
        )
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': planGraceBusinessDays, promiseGraceBusinessDays, discountLagBusinessDays, "
                    + "portalPromiseDays and claimedPaymentBusinessDays must be 0 or more."
            );
        if (
            policy.Tolerance.FirstOrDefault(t =>
                !Money.TryParse(t.Value, t.Key, out var tolerance, out _) || tolerance.Minor < 0
            ) is
            { Key: { } currency }
        )
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': the tolerance in {currency} must be a decimal such as \"0.05\"."
            );
        if (policy.SendAt < new TimeOnly(8, 0) || policy.SendAt > new TimeOnly(17, 0))
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': sendAt must be between 08:00 and 17:00, inside the hours for email."
            );
        if (policy.AllSteps.FirstOrDefault(s => s is { Tone: NoticeTone.Final, PayByDays: null }) is { } undated)
            throw new InvalidOperationException(
                $"Step '{undated.Id}' of policy '{policy.Name}' must have payByDays: a final reminder names a date."
            );
    }
}
