using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>What a message says of a payment plan.</summary>
/// <param name="Count">How many parts the whole plan has.</param>
/// <param name="GraceDays">
/// How many business days a part may be late before all of the rest falls due; null when it does not.
/// </param>
internal sealed record LetterPlan(IReadOnlyList<LetterPlanPart> Parts, int Count, int? GraceDays);

/// <param name="DueDate">Null for a part that falls due after a milestone.</param>
internal sealed record LetterPlanPart(int Number, Money Amount, DateOnly? DueDate, string? Milestone)
{
    public string? Milestone { get; } = UntrustedText.CleanOrNull(Milestone);
}
