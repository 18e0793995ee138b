using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Calls;

internal enum CallOutcome
{
    /// <summary>Somebody was told what is owed.</summary>
    Reached,

    /// <summary>The customer will pay by a day.</summary>
    Promise,

    /// <summary>The customer contests an invoice, or a part of it.</summary>
    Dispute,

    /// <summary>Nobody answered, or the right person was not there.</summary>
    CallAgain,

    /// <summary>The number is somebody else's, or does not exist.</summary>
    WrongNumber,

    /// <summary>Nobody will call: the invoices go on with the step after it.</summary>
    NotCalled,
}

/// <summary>
/// <code>
/// { "by": "Maya", "result": "promise", "date": "2026-03-09", "note": "after the fair",
///   "invoice": "…", "amount": "50.00", "currency": "EUR" }
/// </code>
/// </summary>
/// <param name="Date">The promised day, or the day to call again.</param>
/// <param name="Amount">Of the promise or dispute; null for all that is owed.</param>
/// <param name="Invoice">The one that is promised or disputed; null for all that the call was about.</param>
/// <param name="Number">The number that was called, E.164; null for the one of the list.</param>
internal sealed record CallResult(
    CallOutcome Outcome,
    string By,
    DateOnly? Date,
    Money? Amount,
    string? Invoice,
    string? Number
)
{
    public const string InvalidTitle = "The result of the call is not valid";

    private static readonly IReadOnlyDictionary<string, CallOutcome> _outcomes = new Dictionary<string, CallOutcome>
    {
        ["reached"] = CallOutcome.Reached,
        ["promise"] = CallOutcome.Promise,
        ["dispute"] = CallOutcome.Dispute,
        ["callAgain"] = CallOutcome.CallAgain,
        ["wrongNumber"] = CallOutcome.WrongNumber,
        ["notCalled"] = CallOutcome.NotCalled,
    };

    /// <summary>What was said.</summary>
    public string? Note { get; private init; }

    public static IEnumerable<string> Outcomes => _outcomes.Keys;

    public static string NameOf(CallOutcome outcome) => _outcomes.First(named => named.Value == outcome).Key;

    public static CallResult Read(JsonFields json)
    {
        var result = json.Required("result", Line(20));
        if (result is not null && !_outcomes.ContainsKey(result))
            json.Refuse("result", new FieldError("not_one_of", $"send one of {string.Join(", ", Outcomes)}"));
        var read = new CallResult(
            _outcomes.GetValueOrDefault(result ?? ""),
            json.Required("by", Line(100)),
            json.Optional("date", CalendarDate),
            AmountWithCurrency.Read(json),
            json.Optional("invoice", Line(100)),
            json.Optional("number", E164)
        )
        {
            Note = json.Optional("note", Prose(500)),
        };
        if (read is { Outcome: CallOutcome.Promise or CallOutcome.CallAgain, Date: null } && !json.Has("date"))
            json.Refuse("date", new FieldError("required", "send the promised day, or the day to call again"));
        if (read is { Outcome: not (CallOutcome.Promise or CallOutcome.Dispute) } and { Amount: not null })
            json.Refuse("amount", new FieldError("not_allowed", "send it with a promise or a dispute only"));
        if (read is { Amount: not null, Invoice: null })
            json.Refuse("invoice", new FieldError("required", "name the invoice that the amount is about"));
        return read;
    }
}
