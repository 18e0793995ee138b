using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>The steps of a policy that names none of its own.</summary>
internal static class BuiltInSteps
{
    public static readonly IReadOnlyList<Step> Plan =
    [
        new()
        {
            Id = new("part-courtesy"),
            BusinessDays = -3,
            Tone = NoticeTone.Upcoming,
            Channels = [Channel.Email],
        },
        new()
        {
            Id = new("part-late"),
            BusinessDays = 2,
            Tone = NoticeTone.Friendly,
            Channels = [Channel.Email],
        },
    ];

    /// <summary>
    /// SEPA Core rulebook: the debtor is told at least 14 calendar days before the collection, unless they agreed on
    /// fewer.
    /// </summary>
    public static readonly IReadOnlyList<Step> Collection =
    [
        new()
        {
            Id = new("collection-notice"),
            Days = -14,
            Tone = NoticeTone.Collection,
            Channels = [Channel.Email],
        },
    ];
}
