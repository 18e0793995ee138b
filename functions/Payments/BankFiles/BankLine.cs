using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>One movement of the creditor's bank account.</summary>
/// <param name="Number">From 1, in the order of the file.</param>
/// <param name="Id">
/// The same in every file that holds the movement: see <see cref="BankLineId"/>.
/// </param>
/// <param name="Date">The value date; the booking date where there is none.</param>
/// <param name="Amount">Positive for money that came in.</param>
/// <param name="Payer">The name; null where the file does not say it.</param>
/// <param name="Reference">The structured reference of the payer, such as RF18…; null for none.</param>
/// <param name="Text">What the payer wrote.</param>
internal sealed record BankLine(
    int Number,
    string Id,
    DateOnly Date,
    Money Amount,
    string? Payer,
    string? Reference,
    string Text
);

/// <summary>A line that cannot be read.</summary>
/// <param name="Number">From 1, in the order of the file.</param>
/// <param name="Problem">What is wrong, and the fix.</param>
internal sealed record UnreadableLine(int Number, string Problem);

/// <param name="Format">For people: camt.053, MT940, CSV.</param>
internal sealed record BankFile(string Format, IReadOnlyList<BankLine> Lines, IReadOnlyList<UnreadableLine> Unreadable);
