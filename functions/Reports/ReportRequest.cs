using Dunning.Http;
using Dunning.Http.Validation;
using static Dunning.Http.Validation.DateRules;

namespace Dunning.Reports;

/// <summary>The days that a report is about, in the creditor's zone, both included.</summary>
internal sealed record ReportRequest(DateOnly From, DateOnly Until)
{
    private const string InvalidTitle = "The report is not possible";
    private const int UsualDays = 365;

    public static (ReportRequest? Value, ApiResult? Error) Read(ReadOnlyMemory<byte> body, DateOnly today) =>
        JsonBody.Read(
            body,
            InvalidTitle,
            json =>
            {
                var until = json.Optional("until", CalendarDate) ?? today;
                var from = json.Optional("from", CalendarDate) ?? until.AddDays(1 - UsualDays);
                if (until > today)
                    json.Refuse(
                        "until",
                        new FieldError("in_the_future", $"write {today:yyyy-MM-dd} or an earlier day")
                    );
                if (from > until)
                    json.Refuse("from", new FieldError("after_until", "write the day in 'until' or an earlier one"));
                return new ReportRequest(from, until);
            },
            new ReportRequest(today.AddDays(1 - UsualDays), today)
        );
}
