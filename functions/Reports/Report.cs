using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Reports;

/// <summary>The figures of some customers; those of several parts of the book can be added up.</summary>
/// <param name="From">The first day, in the creditor's zone.</param>
/// <param name="Until">The last day, in the creditor's zone.</param>
public sealed record Report(
    DateOnly From,
    DateOnly Until,
    int Customers,
    IReadOnlyList<CurrencyReport> Currencies,
    IReadOnlyList<StepReport> Steps,
    IReadOnlyList<ChannelReport> Channels,
    PaidReport Paid,
    PromiseReport Promises
)
{
    internal Report Plus(Report? before) =>
        before is null
            ? this
            : this with
            {
                Customers = before.Customers + Customers,
                Currencies =
                [
                    .. before
                        .Currencies.Concat(Currencies)
                        .GroupBy(one => one.Currency, StringComparer.Ordinal)
                        .Select(same => same.Aggregate((sum, one) => sum.Plus(one))),
                ],
                Steps =
                [
                    .. before
                        .Steps.Concat(Steps)
                        .GroupBy(one => (one.Step, one.Tone))
                        .Select(same => same.Aggregate((sum, one) => sum.Plus(one)))
                        .OrderBy(one => one.Tone),
                ],
                Channels =
                [
                    .. before
                        .Channels.Concat(Channels)
                        .GroupBy(one => (one.Channel, one.Currency))
                        .Select(same => same.Aggregate((sum, one) => sum.Plus(one)))
                        .OrderBy(one => one.Channel),
                ],
                Paid = before.Paid.Plus(Paid),
                Promises = before.Promises.Plus(Promises),
            };
}

/// <summary>What is owed on the last day, what was sold, and what was charged for late payment.</summary>
/// <param name="NotDue">Owed, and not late.</param>
/// <param name="UnusedCredit">What was paid too much; deducted from none of the others.</param>
/// <param name="Sales">
/// Gross, less credit notes, newest month first, in minor units: days sales outstanding are counted back over them.
/// </param>
/// <param name="Charged">Interest, fixed sums and fees that were added in the span.</param>
/// <param name="Waived">Of charges, what was waived in the span.</param>
public sealed record CurrencyReport(
    string Currency,
    MoneyView NotDue,
    MoneyView Days1To30,
    MoneyView Days31To60,
    MoneyView Days61To90,
    MoneyView Over90,
    MoneyView UnusedCredit,
    IReadOnlyList<MonthOfSales> Sales,
    MoneyView Charged,
    MoneyView Waived
)
{
    public MoneyView Owed => NotDue.Plus(Days1To30).Plus(Days31To60).Plus(Days61To90).Plus(Over90);

    /// <summary>By the count-back method, to one decimal; null while no sale is known.</summary>
    public decimal? DaysSalesOutstanding { get; init; }

    internal CurrencyReport Plus(CurrencyReport other) =>
        this with
        {
            NotDue = NotDue.Plus(other.NotDue),
            Days1To30 = Days1To30.Plus(other.Days1To30),
            Days31To60 = Days31To60.Plus(other.Days31To60),
            Days61To90 = Days61To90.Plus(other.Days61To90),
            Over90 = Over90.Plus(other.Over90),
            UnusedCredit = UnusedCredit.Plus(other.UnusedCredit),
            Sales = MonthOfSales.Add(Sales, other.Sales),
            Charged = Charged.Plus(other.Charged),
            Waived = Waived.Plus(other.Waived),
        };

    /// <param name="on">The last day of the report.</param>
    internal CurrencyReport WithDaysSalesOutstanding(DateOnly on) =>
        this with
        {
            DaysSalesOutstanding = Receivables.DaysSalesOutstanding.CountBack(on, Owed.ToMoney().Minor, Sales)
                is { } found
                ? Math.Round(found.Days, 1, MidpointRounding.AwayFromZero)
                : null,
        };
}

/// <summary>The invoices that a step of reminders asked for, and how many were paid within days of it.</summary>
/// <param name="Invoices">That a message of the step named in the span; each counts once.</param>
/// <param name="PaidWithin7">In full, within as many days of its first message; they are within 14, too.</param>
public sealed record StepReport(
    string? Step,
    NoticeTone Tone,
    int Invoices,
    int PaidWithin7,
    int PaidWithin14,
    int PaidWithin30
)
{
    internal StepReport Plus(StepReport other) =>
        this with
        {
            Invoices = Invoices + other.Invoices,
            PaidWithin7 = PaidWithin7 + other.PaidWithin7,
            PaidWithin14 = PaidWithin14 + other.PaidWithin14,
            PaidWithin30 = PaidWithin30 + other.PaidWithin30,
        };
}

/// <param name="Messages">Sent in the span.</param>
/// <param name="Segments">Of text messages, as the provider bills them; else 0.</param>
/// <param name="Unpriced">Text messages to countries of which the settings name no price.</param>
/// <param name="Cost">In the main unit, of those with a price.</param>
/// <param name="Currency">Of the cost; null where nothing has a price.</param>
public sealed record ChannelReport(
    Channel Channel,
    int Messages,
    int Segments,
    int Unpriced,
    decimal Cost,
    string? Currency
)
{
    internal ChannelReport Plus(ChannelReport other) =>
        this with
        {
            Messages = Messages + other.Messages,
            Segments = Segments + other.Segments,
            Unpriced = Unpriced + other.Unpriced,
            Cost = Cost + other.Cost,
        };
}

/// <summary>The invoices that were settled in the span.</summary>
/// <param name="Reminders">That named one of them: divided by the invoices, what it takes to be paid.</param>
/// <param name="DaysLate">The sum over all, calendar days after the due date; early ones count as 0.</param>
public sealed record PaidReport(int Invoices, int Reminders, int DaysLate)
{
    /// <summary>To one decimal; null where none was paid.</summary>
    public decimal? RemindersPerInvoice => Average(Reminders);

    /// <summary>To one decimal; null where none was paid.</summary>
    public decimal? AverageDaysLate => Average(DaysLate);

    internal PaidReport Plus(PaidReport other) =>
        new(Invoices + other.Invoices, Reminders + other.Reminders, DaysLate + other.DaysLate);

    private decimal? Average(int sum) =>
        Invoices == 0 ? null : Math.Round((decimal)sum / Invoices, 1, MidpointRounding.AwayFromZero);
}

/// <summary>How the promises to pay ended, of all that is stored.</summary>
/// <param name="Pending">Still waited for.</param>
public sealed record PromiseReport(int Kept, int Broken, int Pending)
{
    internal PromiseReport Plus(PromiseReport other) =>
        new(Kept + other.Kept, Broken + other.Broken, Pending + other.Pending);
}
