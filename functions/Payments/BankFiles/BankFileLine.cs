using Dunning.Http;

namespace Dunning.Payments.BankFiles;

/// <summary>One line of the result: a movement, and what became of it.</summary>
/// <param name="Line">From 1, in the order of the file.</param>
/// <param name="Invoices">What it pays; with <see cref="BankOutcome.Suggested"/>, what it may pay.</param>
/// <param name="Why">Why nothing was applied; null where something was.</param>
public sealed record BankFileLine(
    int Line,
    BankOutcome Outcome,
    DateOnly? Date,
    MoneyView? Amount,
    string? Payer,
    string? Text,
    IReadOnlyList<PaidInvoiceView> Invoices,
    string? Why
);

/// <param name="Amount">What it gets; with a suggestion, what is open of it.</param>
public sealed record PaidInvoiceView(string Id, string Number, MoneyView Amount);

public enum BankOutcome
{
    /// <summary>One reading was possible: it is applied.</summary>
    Matched,

    /// <summary>Another file has brought it.</summary>
    AlreadyImported,

    /// <summary>A person decides: listed as unmatched, with the invoices that it may pay.</summary>
    Suggested,

    /// <summary>Listed as unmatched; nothing is known that it may pay.</summary>
    Left,

    /// <summary>Money that went out.</summary>
    NotIncoming,
    Unreadable,
}

/// <param name="Format">camt.053.001.08, MT940 or CSV, for example.</param>
/// <param name="Lines">In the whole file.</param>
public sealed record BankFileSummary(
    string Format,
    int Lines,
    bool DryRun,
    IReadOnlyDictionary<BankOutcome, int> Outcomes
)
{
    internal BankFileSummary Plus(BankFileSummary? before) =>
        before is null
            ? this
            : this with
            {
                Outcomes = before
                    .Outcomes.Concat(Outcomes)
                    .GroupBy(outcome => outcome.Key)
                    .ToDictionary(outcome => outcome.Key, outcome => outcome.Sum(count => count.Value)),
            };
}
