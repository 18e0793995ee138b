using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>The changes of <see cref="ChangeInvoice"/>: what each reads, and what it decides.</summary>
internal static class InvoiceRequests
{
    public static readonly ChangeRequest Hold = Create(InvoiceChanges.Hold);
    public static readonly ChangeRequest Resume = Create(InvoiceChanges.Resume);
    public static readonly ChangeRequest Dispute = Create(InvoiceChanges.Dispute);
    public static readonly ChangeRequest Void = Create(InvoiceChanges.Void);

    /// <summary>Of <see cref="SendNextReminder"/>.</summary>
    public static readonly ChangeRequest Remind = ChangeRequest.Create(
        InvoiceAnswer.InvalidTitle,
        InvoiceChangeReading.Read,
        NextReminder.SendNow,
        whenEmpty: InvoiceChangeReading.Empty
    );

    /// <summary>Of <see cref="ChangeInvoice"/>: <c>/personal-line</c>.</summary>
    public static readonly ChangeRequest PersonalLine = ChangeRequest.Create(
        PersonalLineRequest.InvalidTitle,
        PersonalLineRequest.Read,
        (context, invoice, request) => request.Decide(context, invoice)
    );

    /// <summary>Of <see cref="ChangeInvoice"/>: <c>/policy</c>.</summary>
    public static readonly ChangeRequest Policy = ChangeRequest.Create(
        PolicyChoiceRequest.InvalidTitle,
        PolicyChoiceRequest.Read,
        (context, invoice, request) => request.Decide(context, invoice)
    );

    /// <summary>Of <see cref="ChangeInvoice"/>: <c>/hand-over</c>.</summary>
    public static readonly ChangeRequest HandOver = ChangeRequest.Create(
        HandOverRequest.InvalidTitle,
        HandOverRequest.Read,
        HandOverDecision.Decide
    );

    /// <summary>Of <see cref="Invoices.ReportCredit"/>.</summary>
    public static readonly ChangeRequest ReportCredit = ChangeRequest.Create(
        CreditReportRequest.InvalidTitle,
        CreditReportRequest.Read,
        CreditReportDecision.Report
    );

    /// <summary>Of <see cref="Invoices.ReportCredit"/>.</summary>
    public static readonly ChangeRequest WithdrawCreditReport = ChangeRequest.Create(
        CreditReportRequest.InvalidTitle,
        CreditReportWithdrawal.Read,
        CreditReportDecision.Withdraw
    );

    private static ChangeRequest Create(InvoiceChange change) =>
        ChangeRequest.Create(
            InvoiceAnswer.InvalidTitle,
            InvoiceChangeReading.Read,
            (context, invoice, reading) => Decide(context, invoice, reading, change),
            whenEmpty: InvoiceChangeReading.Empty
        );

    public static ChangeDecision Decide(
        DunningContext context,
        Versioned<Invoice> invoice,
        InvoiceChangeReading reading,
        InvoiceChange change
    )
    {
        if (WhyInvalid(context, invoice.Value, reading) is { } problem)
            return ChangeDecision.Refused(InvoiceAnswer.Invalid([problem]));
        var (changed, invoiceEvent, error) = change(invoice.Value, reading, context.Now);
        if (error is not null)
            return ChangeDecision.NotPossible(error);
        var updated = Schedule.Recalculate(context, changed!);
        var decision = invoiceEvent is null
            ? ChangeDecision.Unchanged(updated)
            : ChangeDecision.Changed(invoice, updated, invoiceEvent);
        return decision with { StopsReminders = updated.BlockAt(context.Now) is not null };
    }

    private static FieldProblem? WhyInvalid(DunningContext context, Invoice invoice, InvoiceChangeReading reading) =>
        reading.Until is { } until && PauseRule.Check("#/until", until, context.Today) is { } pause ? pause
        : reading.Amount is { } amount ? OwedAmount.Check("#/amount", amount, invoice)
        : null;
}
