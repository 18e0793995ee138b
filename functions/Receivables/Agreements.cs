using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>What has been agreed with the customer about an invoice.</summary>
public sealed record Agreements : StoredRecord
{
    /// <summary>A promise, a plan or a later due date was agreed after an instant.</summary>
    public bool IsAgreedSince(DateTimeOffset at) => Promise?.MadeAt > at || Plan?.AgreedAt > at || Extension?.At > at;

    /// <summary>The parts in which the invoice is paid; null when it falls due at once.</summary>
    public PaymentPlan? Plan { get; init; }

    /// <summary>A person ended the plan: the parts that the document names do not count any more.</summary>
    public bool IsPlanEnded { get; init; }

    /// <summary>The promise that is waited for; null for none.</summary>
    public Promise? Promise { get; init; }

    /// <summary>Earlier promises with their outcome, oldest first.</summary>
    public IReadOnlyList<Promise> PastPromises { get; init; } = [];

    [JsonIgnore]
    public bool HasBrokenPromise => PastPromises.Any(promise => promise.State is PromiseState.Broken);

    /// <summary>A later due date beside the original one; null for none.</summary>
    public Extension? Extension { get; init; }

    /// <summary>The promise that was waited for has ended so; without one, nothing changes.</summary>
    public Agreements EndPromise(PromiseState outcome) =>
        Promise is null
            ? this
            : this with
            {
                Promise = null,
                PastPromises = [.. PastPromises, Promise with { State = outcome }],
            };

    public Agreements Erased() =>
        this with
        {
            UnknownFields = null,
            Plan = Plan?.Erased(),
            Promise = Promise?.Erased(),
            PastPromises = [.. PastPromises.Select(promise => promise.Erased())],
            Extension = Extension is { } extension
                ? extension with
                {
                    By = null,
                    Text = null,
                    UnknownFields = null,
                }
                : null,
        };
}

/// <summary>A payment by a day that the customer has promised: no reminder is sent until then.</summary>
/// <param name="On">The day on which the customer will have paid.</param>
/// <param name="MadeAt">UTC.</param>
public sealed record Promise(DateOnly On, DateTimeOffset MadeAt) : StoredRecord
{
    /// <summary>What was promised; null for all that is owed.</summary>
    public Money? Amount { get; init; }

    /// <summary>The last day on which a payment keeps the promise, with the policy's grace.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>What had been paid when it was made.</summary>
    public required Money PaidBefore { get; init; }
    public PromiseState State { get; init; }

    /// <summary>How often the customer has moved the day: a second move counts as broken.</summary>
    public int Moves { get; init; }

    /// <summary>Who recorded it.</summary>
    public string? By { get; init; }
    public string? Text { get; init; }

    public Promise Erased() => this with { By = null, Text = null, UnknownFields = null };
}

public enum PromiseState
{
    Pending,
    Kept,
    Broken,

    /// <summary>Moved to a later day before its own had come.</summary>
    Moved,

    /// <summary>Taken back by a person, or a payment plan took its place.</summary>
    Withdrawn,
}

/// <param name="DueDate">Takes the place of the document's due date, if it is later.</param>
/// <param name="At">UTC.</param>
public sealed record Extension(DateOnly DueDate, DateTimeOffset At) : StoredRecord
{
    /// <summary>Who agreed to it.</summary>
    public string? By { get; init; }
    public string? Text { get; init; }
}
