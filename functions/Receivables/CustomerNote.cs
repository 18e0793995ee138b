namespace Dunning.Receivables;

/// <summary>What a person wrote about a customer. Erased with the customer.</summary>
/// <param name="At">UTC.</param>
public sealed record CustomerNote(string Id, DateTimeOffset At, string By, string Text) : StoredRecord
{
    /// <summary>How many a customer keeps: the row of the customer is read with every decision.</summary>
    public const int MaxCount = 30;

    public const int MaxLength = 500;

    /// <summary>The day on which a person comes back to it, in the customer's zone; null for none.</summary>
    public DateOnly? FollowUpOn { get; init; }

    /// <summary>Null while it waits, or when nothing is to be done.</summary>
    public NoteDone? Done { get; init; }

    /// <summary>The same text for the same day is the same note, however often it is sent.</summary>
    public static string IdOf(string text, DateOnly? followUpOn, DateOnly today) =>
        Ids.Hash('n', $"{text}\n{followUpOn:yyyy-MM-dd}\n{today:yyyy-MM-dd}");
}

/// <param name="At">UTC.</param>
public sealed record NoteDone(DateTimeOffset At, string? By) : StoredRecord
{
    /// <summary>What came of it.</summary>
    public string? Result { get; init; }
}
