using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// The parts in which an invoice is paid: named by its document, or agreed later. A plan over several invoices is kept
/// with each of them, with the parts that pay it.
/// </summary>
/// <param name="Parts">This invoice's parts, in the order in which payments fill them; at least one.</param>
public sealed record PaymentPlan(IReadOnlyList<PlanPart> Parts) : StoredRecord
{
    public const int MaxParts = 60;

    /// <summary>The same for all invoices of a plan; null for the parts of a document.</summary>
    public string? Id { get; init; }

    /// <summary>How many parts the whole plan has.</summary>
    public required int Count { get; init; }

    /// <summary>When it was agreed, UTC; null for the parts of a document.</summary>
    public DateTimeOffset? AgreedAt { get; init; }

    /// <summary>Who agreed to it.</summary>
    public string? By { get; init; }
    public string? Text { get; init; }

    /// <summary>A part that is missed makes the rest fall due, if the confirmation has said so.</summary>
    public bool Accelerates { get; init; }

    /// <summary>The notice that told the customer of the plan; null while none was sent.</summary>
    public NoticeId? ConfirmedBy { get; init; }

    /// <summary>The step that the invoice had reached before the plan.</summary>
    public StepId? StepBefore { get; init; }

    /// <summary>The number of the part that was not paid within the grace, and is chased as an invoice is.</summary>
    public int? MissedPart { get; init; }

    /// <summary>When a missed part made the rest fall due, UTC; null while the plan stands.</summary>
    public DateTimeOffset? BrokenAt { get; init; }

    [JsonIgnore]
    public bool Stands => BrokenAt is null;

    public PaymentPlan Erased() =>
        this with
        {
            By = null,
            Text = null,
            UnknownFields = null,
            Parts = [.. Parts.Select(part => part.Erased())],
        };

    public static PaymentPlan Of(IReadOnlyList<Instalment> instalments) =>
        new(
            Ordered(
                instalments.Select(
                    (part, i) =>
                        new PlanPart(i + 1, part.Amount, part.DueDate)
                        {
                            Milestone = part.Milestone,
                            DueDays = part.DueDays,
                        }
                )
            )
        )
        {
            Count = instalments.Count,
        };

    /// <summary>The milestone of a part was reached.</summary>
    public PaymentPlan WithDueDate(int number, DateOnly due) =>
        this with
        {
            Parts = Ordered(Parts.Select(part => part.Number == number ? part with { DueDate = due } : part)),
        };

    /// <summary>By due date; those that wait for a milestone come last.</summary>
    private static IReadOnlyList<PlanPart> Ordered(IEnumerable<PlanPart> parts) =>
        [.. parts.OrderBy(part => part.DueDate ?? DateOnly.MaxValue).ThenBy(part => part.Number)];

    /// <summary>
    /// The parts that are not paid, each with what is open of it. Payments fill the oldest part first, so what is owed
    /// belongs to the last parts; more than the parts are belongs to the last one.
    /// </summary>
    public IReadOnlyList<PlanPart> OpenParts(Money owed)
    {
        List<PlanPart> open = [];
        foreach (var part in Parts.Reverse())
        {
            var rest = Money.Min(part.Amount, owed);
            owed -= rest;
            if (rest.IsPositive)
                open.Insert(0, part with { Amount = rest });
        }
        if (owed.IsPositive && open.Count > 0)
            open[^1] = open[^1] with { Amount = open[^1].Amount + owed };
        return open;
    }
}

/// <param name="Number">From 1, in the whole plan.</param>
/// <param name="DueDate">Null until the milestone is reached.</param>
public sealed record PlanPart(int Number, Money Amount, DateOnly? DueDate) : StoredRecord
{
    /// <inheritdoc cref="Instalment.Milestone"/>
    public string? Milestone { get; init; }

    /// <inheritdoc cref="Instalment.DueDays"/>
    public int? DueDays { get; init; }

    public PlanPart Erased() => this with { Milestone = null, UnknownFields = null };
}
