using System.Text.Json.Serialization;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// A policy: what is sent, when and how. An invoice keeps the version it started with; a change is a new version.
/// </summary>
/// <param name="Steps">In the order in which they are taken.</param>
public sealed record Policy(string Name, int Version, IReadOnlyList<Step> Steps)
{
    /// <summary>Local time at which a step's day begins for us, between 08:00 and 17:00.</summary>
    public TimeOnly SendAt { get; init; } = new(9, 0);

    /// <summary>
    /// The least days between two reminders to one customer, and between two steps of one invoice, whatever delayed the
    /// first.
    /// </summary>
    public int MinDaysBetweenNotices { get; init; } = 3;

    /// <summary>Days to pay when the source names no due date (Directive 2011/7/EU art. 3(3): 30).</summary>
    public int TermsDays { get; init; } = 30;

    /// <summary>
    /// By currency, as a decimal: so little may be missing of what was paid, and the invoice counts as settled (a
    /// bank's fee). None unless said.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tolerance { get; init; } = new Dictionary<string, string>();

    /// <summary>In minor units.</summary>
    public long ToleranceIn(string currency) =>
        Tolerance.TryGetValue(currency, out var text) && Money.TryParse(text, currency, out var most, out _)
            ? most.Minor
            : 0;

    public PolicyVersion Key => new(Name, Version);

    public Step? Find(string? stepId) => Steps.FirstOrDefault(s => s.Id == stepId);

    /// <summary>Position in the policy; -1 before the first step.</summary>
    public int RankOf(string? stepId)
    {
        for (var rank = 0; rank < Steps.Count; rank++)
        {
            if (Steps[rank].Id == stepId)
                return rank;
        }
        return -1;
    }
}

public enum CountFrom
{
    DueDate,
    IssueDate,
}

/// <summary>
/// One step: either <see cref="Days"/> or <see cref="BusinessDays"/> after (negative: before) the date it counts from.
/// </summary>
public sealed record Step
{
    /// <summary>Terms shorter than this many days use the short-term offset.</summary>
    public const int ShortTermDays = 14;

    public required string Id { get; init; }
    public int? Days { get; init; }
    public int? BusinessDays { get; init; }
    public int? ShortTermBusinessDays { get; init; }
    public CountFrom From { get; init; }

    /// <summary>
    /// How firm the message is. <see cref="NoticeTone.FollowUp"/> asks a person to act and writes nothing to the
    /// customer.
    /// </summary>
    public required NoticeTone Tone { get; init; }
    public required IReadOnlyList<Channel> Channels { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>The step waits until a person resumes the invoice.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>What a person is asked to do when the step is reached.</summary>
    public string? FollowUp { get; init; }

    /// <summary>The message asks for payment within so many days of sending.</summary>
    public int? PayByDays { get; init; }

    [JsonIgnore]
    public bool IsUpcoming => From == CountFrom.IssueDate || (Days ?? BusinessDays) < 0;
}
