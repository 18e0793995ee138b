using System.Text.Json.Serialization;
using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>A part of a claim, in the order in which payments are counted towards it.</summary>
internal enum ClaimPart
{
    Costs,
    Interest,
    Principal,
}

/// <summary>One country's rules about late payment: a file such as <c>DE.json</c>.</summary>
internal sealed record Jurisdiction
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or EU for what the directive asks of every member state.</summary>
    public required string Code { get; init; }

    /// <summary>Whether the rules are verified. Nothing is charged by rules that are not.</summary>
    [JsonPropertyName("verified")]
    public required bool IsVerified { get; init; }
    public required DateOnly CheckedOn { get; init; }
    public required IReadOnlyList<InterestRule> Interest { get; init; }
    public required IReadOnlyList<FixedSumRule> FixedSums { get; init; }
    public required IReadOnlyList<FeeRule> Fees { get; init; }
    public required IReadOnlyList<PreCollectionNoticeRule> PreCollectionNotices { get; init; }
    public required IReadOnlyList<CreditReportRule> CreditReports { get; init; }

    /// <summary>What a payment counts towards first. Contains each part once.</summary>
    public required IReadOnlyList<ClaimPart> Allocation { get; init; }

    /// <summary>Open points that a person should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    [JsonIgnore]
    public IEnumerable<ICountryRule> Rules =>
        [.. Interest, .. FixedSums, .. Fees, .. PreCollectionNotices, .. CreditReports];

    /// <param name="dueDate">The day on which the invoice was due.</param>
    public RuleChoice<InterestRule> InterestFor(CustomerKind? kind, DateOnly dueDate) =>
        Choose(Interest, kind, dueDate);

    /// <param name="lateOn">The first day of the delay.</param>
    public RuleChoice<FixedSumRule> FixedSumFor(CustomerKind? kind, DateOnly lateOn) => Choose(FixedSums, kind, lateOn);

    /// <param name="on">The day of the reminder.</param>
    public RuleChoice<FeeRule> FeeFor(CustomerKind? kind, DateOnly on) => Choose(Fees, kind, on);

    /// <param name="sentOn">The day on which the letter is sent.</param>
    public RuleChoice<PreCollectionNoticeRule> PreCollectionNoticeFor(CustomerKind? kind, DateOnly sentOn) =>
        Choose(PreCollectionNotices, kind, sentOn);

    /// <param name="announcedOn">The day of the letter that announces it.</param>
    public RuleChoice<CreditReportRule> CreditReportFor(CustomerKind? kind, DateOnly announcedOn) =>
        Choose(CreditReports, kind, announcedOn);

    private RuleChoice<T> Choose<T>(IReadOnlyList<T> rules, CustomerKind? kind, DateOnly day)
        where T : class, ICountryRule
    {
        if (!IsVerified)
            return new(null, NotChargedReason.NotVerified);
        var valid = rules.Where(rule => !(day < rule.From) && !(day > rule.Until)).ToList();
        if (valid.Count == 0)
            return new(null, NotChargedReason.NoRule);
        if (valid.FirstOrDefault(rule => rule.Kind is null || rule.Kind == kind) is { } rule)
            return new(rule, null);
        return kind switch
        {
            null => new(null, NotChargedReason.KindUnknown),
            CustomerKind.Consumer => new(null, NotChargedReason.NotForConsumers),
            _ => new(null, NotChargedReason.NoRule),
        };
    }
}

/// <summary>The rule that applies, or why there is none.</summary>
internal sealed record RuleChoice<T>(T? Rule, NotChargedReason? WhyNot)
    where T : class;
