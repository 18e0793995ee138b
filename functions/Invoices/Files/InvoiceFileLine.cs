using Dunning.Forecast;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices.Files;

/// <summary>One line of the result: an invoice of the file, or a message that importing it would cause.</summary>
public sealed record InvoiceFileLine
{
    public ImportedInvoice? Invoice { get; init; }

    /// <summary>Only of a dry run.</summary>
    public CausedMessage? Message { get; init; }
}

/// <param name="Rows">From 1, as a spreadsheet shows them; of JSON, the position in the list.</param>
/// <param name="Number">As the file has it.</param>
/// <param name="Id">Null where nothing is stored.</param>
/// <param name="State">As the invoice's own page says it; null where nothing is stored.</param>
/// <param name="Why">Why the row is passed over; null where it is not.</param>
/// <param name="Problems">Why it is refused, and what to correct.</param>
/// <param name="Warnings">What was left out or has no effect.</param>
public sealed record ImportedInvoice(
    IReadOnlyList<int> Rows,
    string Number,
    ImportOutcome Outcome,
    string? Id,
    string? Customer,
    MoneyView? AmountDue,
    string? State,
    string? Why,
    IReadOnlyList<FieldProblem> Problems,
    IReadOnlyList<string> Warnings
);

public enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>A newer version is stored.</summary>
    IgnoredStale,

    /// <summary>A title, a total, a draft, a payment: no invoice.</summary>
    Skipped,
    Refused,
}

/// <param name="On">The date in the customer's zone.</param>
/// <param name="Numbers">Of the invoices that it names.</param>
/// <param name="Demanded">One sum per currency.</param>
public sealed record CausedMessage(
    DateTimeOffset At,
    DateOnly On,
    Channel Channel,
    NoticeTone Tone,
    StepId? Step,
    string CustomerId,
    string Customer,
    string Numbers,
    IReadOnlyList<MoneyView> Demanded
)
{
    internal static CausedMessage Of(Customer customer, ForecastMessage message) =>
        new(
            message.At,
            message.On,
            message.Channel,
            message.Tone,
            message.Step,
            customer.Id.Value,
            customer.Name,
            message.Numbers,
            [.. message.Demanded.Select(amount => MoneyView.Of(amount))]
        );
}

/// <summary>The figures of an import.</summary>
/// <param name="Format">The tool and the kind of the file.</param>
/// <param name="Invoices">In the whole file, with the rows that are none.</param>
/// <param name="Owed">Of what is stored, or would be: one sum per currency.</param>
/// <param name="Messages">
/// What a dry run says of the messages of the next seven days; empty without one, and where nothing would be sent.
/// </param>
public sealed record InvoiceFileSummary(
    string Format,
    int Invoices,
    bool DryRun,
    IReadOnlyDictionary<ImportOutcome, int> Outcomes,
    IReadOnlyList<MoneyView> Owed,
    IReadOnlyList<MessageCount> Messages
)
{
    internal InvoiceFileSummary Plus(InvoiceFileSummary? before) =>
        before is null
            ? this
            : this with
            {
                Outcomes = before
                    .Outcomes.Concat(Outcomes)
                    .GroupBy(outcome => outcome.Key)
                    .ToDictionary(outcome => outcome.Key, outcome => outcome.Sum(count => count.Value)),
                Owed =
                [
                    .. Money
                        .SumsOf(before.Owed.Concat(Owed).Select(amount => amount.ToMoney()))
                        .Select(amount => MoneyView.Of(amount)),
                ],
                Messages = ForecastSummary
                    .Sum([new ForecastSummary(before.Messages, []), new ForecastSummary(Messages, [])])
                    .Messages,
            };
}
