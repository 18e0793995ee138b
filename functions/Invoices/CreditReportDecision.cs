using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <param name="On">The day of the report; null for today.</param>
internal sealed record CreditReportRequest(string By, DateOnly? On, string? Note)
{
    public const string InvalidTitle = "The report is not valid";

    public static CreditReportRequest Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Optional("on", CalendarDate), json.Optional("note", Prose(500)));
}

internal sealed record CreditReportWithdrawal(string By, string Reason)
{
    public static CreditReportWithdrawal Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("reason", Prose(500)));
}

/// <summary>
/// A claim is reported only after a letter has said so, the time that it gave has passed, and nobody disputes it; a
/// report that has no ground any more is withdrawn: see <see cref="Invoice.WaitingFollowUps"/>. Pure.
/// </summary>
internal static class CreditReportDecision
{
    public static ChangeDecision Report(DunningContext context, Versioned<Invoice> invoice, CreditReportRequest request)
    {
        var before = invoice.Value;
        if (before.Dunning.CreditReport is { WithdrawnOn: null, ReportedOn: { } reported })
            return request.On is null || request.On == reported
                ? ChangeDecision.Unchanged(before) with
                {
                    StopsReminders = false,
                }
                : ChangeDecision.NotPossible($"The claim was reported on {reported:yyyy-MM-dd} already.");
        if (WhyNot(context, before) is { } detail)
            return ChangeDecision.NotPossible(detail);
        var announced = before.Dunning.CreditReport!;
        var on = request.On ?? context.Today;
        if (WhyInvalid(context, announced, on) is { } problem)
            return ChangeDecision.Refused(ApiResult.Invalid(CreditReportRequest.InvalidTitle, [problem]));
        return Save(
            invoice,
            announced with
            {
                ReportedOn = on,
            },
            new(context.Now, EventKind.CreditReported)
            {
                Date = on,
                By = request.By,
                Text = request.Note is { } note ? $"{announced.Agency}; {note}" : announced.Agency,
            }
        );
    }

    public static ChangeDecision Withdraw(
        DunningContext context,
        Versioned<Invoice> invoice,
        CreditReportWithdrawal request
    )
    {
        var before = invoice.Value;
        return before.Dunning.CreditReport switch
        {
            null or { ReportedOn: null } => ChangeDecision.NotPossible("Nobody has recorded a report of this claim."),
            { WithdrawnOn: not null } => ChangeDecision.Unchanged(before) with { StopsReminders = false },
            var report => Save(
                invoice,
                report with
                {
                    WithdrawnOn = context.Today,
                },
                new(context.Now, EventKind.CreditReportWithdrawn)
                {
                    Date = context.Today,
                    By = before.ErasedAt is null ? request.By : null,
                    Text = before.ErasedAt is null ? request.Reason : null,
                }
            ),
        };
    }

    /// <summary>What stands in the way, and until when; null when a report can be recorded.</summary>
    public static string? WhyNot(DunningContext context, Invoice invoice) =>
        invoice switch
        {
            { Closed: { } closed } => $"The invoice is {ReasonText.Of(closed.As)}: nothing is owed.",
            { ErasedAt: not null } => "The personal data of the invoice were erased: nobody can be reported.",
            { Dunning.CreditReport: null } => "No letter has announced a report: the customer must know of it before.",
            { Dunning.CreditReport: { ReportedOn: { } reported, WithdrawnOn: null } } =>
                $"The claim was reported on {reported:yyyy-MM-dd} already.",
            { Dunning.CreditReport.WithdrawnOn: { } withdrawn } =>
                $"The report was withdrawn on {withdrawn:yyyy-MM-dd}: a new letter has to announce another one.",
            { Dunning.CreditReport.Deadline: var deadline } when context.Today <= deadline =>
                $"The letter says that it can be paid or disputed until {deadline:yyyy-MM-dd}: report it after that "
                    + "day.",
            { Dunning.Dispute: { } dispute } =>
                $"The invoice is in dispute since {context.DayOf(dispute.Since):yyyy-MM-dd}, in whole or in part: "
                    + "a disputed claim is not reported.",
            _ => null,
        };

    private static FieldProblem? WhyInvalid(DunningContext context, CreditReport announced, DateOnly on) =>
        on > context.Today
            ? new("#/on", "in_the_future", $"{on:yyyy-MM-dd} is after today: record it when it has happened")
        : on <= announced.Deadline
            ? new(
                "#/on",
                "in_the_past",
                $"The letter says that it can be paid until {announced.Deadline:yyyy-MM-dd}: send a day after it"
            )
        : null;

    private static ChangeDecision Save(Versioned<Invoice> invoice, CreditReport report, InvoiceEvent invoiceEvent) =>
        ChangeDecision.Changed(
            invoice,
            invoice.Value with
            {
                Dunning = invoice.Value.Dunning with { CreditReport = report },
            },
            invoiceEvent
        ) with
        {
            StopsReminders = false,
        };
}
