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
            policy.MaxRemindersPerWeek is { } perWeek
            && perWeek < policy.AllSteps.Max(s => s.Channels.Count(c => c is not Channel.Escalation))
        )
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': maxRemindersPerWeek must allow all channels of each step."
            );
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
        CheckCharges(policy);
        CheckFormalLetters(policy);
    }

    private static void CheckFormalLetters(Policy policy)
    {
        if (
            policy.AllSteps.FirstOrDefault(s =>
                (s.Tone is NoticeTone.Final || s.Tone.IsFormal()) && s.PayByDays is not > 0
            ) is
            { } undated
        )
            throw new InvalidOperationException(
                $"Step '{undated.Id}' of policy '{policy.Name}' must have payByDays, 1 or more: the "
                    + "letter names a date."
            );
        if (policy.AllSteps.FirstOrDefault(s => s is { NeedsApproval: false } && s.Tone.IsFormal()) is { } automatic)
            throw new InvalidOperationException(
                $"Step '{automatic.Id}' of policy '{policy.Name}' must have needsApproval: a person decides on it."
            );
        if (
            policy.AllSteps.FirstOrDefault(s => s.Tone.IsFormal() && (s.IsUpcoming || s.Channels is not [_])) is { } odd
        )
            throw new InvalidOperationException(
                $"Step '{odd.Id}' of policy '{policy.Name}' must have the channel email and lie after the due date."
            );
        if (
            policy.AllSteps.FirstOrDefault(s =>
                s.Tone is NoticeTone.Termination && string.IsNullOrWhiteSpace(s.Ends)
            ) is
            { } endless
        )
            throw new InvalidOperationException(
                $"Step '{endless.Id}' of policy '{policy.Name}' must have ends: say what ends if it is not paid."
            );
        foreach (var steps in policy.StepLists)
            CheckReports(policy.Name, steps);
    }

    private static void CheckReports(string policy, IReadOnlyList<Step> steps)
    {
        foreach (var report in steps.Where(s => s.Tone is NoticeTone.CreditReport))
        {
            if (string.IsNullOrWhiteSpace(report.Agency))
                throw new InvalidOperationException(
                    $"Step '{report.Id}' of policy '{policy}' must have agency: name the credit agency."
                );
            if (!steps.TakeWhile(s => s.Id != report.Id).Any(s => s is { Enabled: true, Tone: NoticeTone.FollowUp }))
                throw new InvalidOperationException(
                    $"Step '{report.Id}' of policy '{policy}' needs a step with tone followUp before it: a person "
                        + "calls the customer first."
                );
        }
    }

    private static void CheckCharges(Policy policy)
    {
        if (policy.LateCharges.Law is { } law && Interest.Jurisdictions.Default.Find(law) is null)
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': lateCharges.law '{law}' is not known. Use one of "
                    + $"{string.Join(", ", Interest.Jurisdictions.Default.All.Select(known => known.Code))}."
            );
        if (policy.LateCharges.InterestPercent is <= 0 or > 100)
            throw new InvalidOperationException(
                $"Policy '{policy.Name}': lateCharges.interestPercent must be above 0 and at most 100, such as 8.5."
            );
        if (
            policy.AllSteps.FirstOrDefault(s =>
                (s.Charge.Count > 0 || s.ShowCharges) && (s.IsUpcoming || !s.Tone.IsReminder() || s.Channels.Count == 0)
            ) is
            { } early
        )
            throw new InvalidOperationException(
                $"Step '{early.Id}' of policy '{policy.Name}' cannot have charge or showCharges: only a reminder after "
                    + "the due date can."
            );
        foreach (var steps in policy.StepLists)
        {
            var sending = steps.Where(s => s.Enabled && s.Channels.Count > 0).ToList();
            // An SMS has no room to announce it.
            var unannounced = sending.Where(
                (step, i) => step.Charge.Count > 0 && (i == 0 || !sending[i - 1].Channels.Contains(Channel.Email))
            );
            if (unannounced.FirstOrDefault() is { } first)
                throw new InvalidOperationException(
                    $"Step '{first.Id}' of policy '{policy.Name}' cannot have charge: an email before it must announce "
                        + "what is charged. Add a step before it, or 'email' to the channels of that step."
                );
        }
    }
}
