namespace Dunning.Receivables;

/// <summary>One part of an invoice that is paid in parts.</summary>
/// <param name="Amount">Above zero.</param>
public sealed record Instalment(Money Amount) : StoredRecord
{
    /// <summary>Null until the event of <see cref="Milestone"/> is reported.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>The event after which the part falls due, such as "delivery".</summary>
    public string? Milestone { get; init; }

    /// <summary>How many calendar days after the milestone the part falls due.</summary>
    public int? DueDays { get; init; }
}
