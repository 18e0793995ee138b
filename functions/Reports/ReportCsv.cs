using System.Globalization;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Reports;

/// <summary>A report for spreadsheets: a figure a row.</summary>
internal static class ReportCsv
{
    private static readonly string[] _header = ["report", "of", "figure", "value", "currency"];

    public static string Write(Report report) => Csv.Write(_header, Rows(report));

    private static IEnumerable<object?[]> Rows(Report report)
    {
        foreach (var one in report.Currencies)
        {
            (string Name, MoneyView Amount)[] amounts =
            [
                ("notDue", one.NotDue),
                ("days1To30", one.Days1To30),
                ("days31To60", one.Days31To60),
                ("days61To90", one.Days61To90),
                ("over90", one.Over90),
                ("owed", one.Owed),
                ("unusedCredit", one.UnusedCredit),
            ];
            foreach (var (name, amount) in amounts)
                yield return ["ageing", one.Currency, name, amount.ToMoney(), one.Currency];
            yield return ["sales", one.Currency, "daysSalesOutstanding", Number(one.DaysSalesOutstanding), null];
            yield return ["charges", one.Currency, "charged", one.Charged.ToMoney(), one.Currency];
            yield return ["charges", one.Currency, "waived", one.Waived.ToMoney(), one.Currency];
        }
        foreach (var step in report.Steps)
        {
            var name = step.Step ?? step.Tone.ToString();
            yield return ["steps", name, "invoices", step.Invoices, null];
            yield return ["steps", name, "paidWithin7", step.PaidWithin7, null];
            yield return ["steps", name, "paidWithin14", step.PaidWithin14, null];
            yield return ["steps", name, "paidWithin30", step.PaidWithin30, null];
        }
        foreach (var channel in report.Channels)
        {
            var name = channel.Channel.ToString();
            yield return ["messages", name, "messages", channel.Messages, null];
            if (channel.Channel is not Channel.Sms)
                continue;
            yield return ["messages", name, "segments", channel.Segments, null];
            yield return ["messages", name, "cost", Number(channel.Cost), channel.Currency];
        }
        yield return ["paid", "", "invoices", report.Paid.Invoices, null];
        yield return ["paid", "", "remindersPerInvoice", Number(report.Paid.RemindersPerInvoice), null];
        yield return ["paid", "", "averageDaysLate", Number(report.Paid.AverageDaysLate), null];
        yield return ["promises", "", "kept", report.Promises.Kept, null];
        yield return ["promises", "", "broken", report.Promises.Broken, null];
        yield return ["promises", "", "pending", report.Promises.Pending, null];
    }

    private static string? Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
