using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Arrangements;

internal sealed record ExtensionRequest(DateOnly DueDate, string By, string? Reason)
{
    public static ExtensionRequest Read(JsonFields json) =>
        new(
            json.Required("dueDate", CalendarDate),
            json.Required("by", Line(100)),
            json.Optional("reason", Prose(500))
        );
}

/// <summary>A later due date beside the document's: the steps begin again from it. Pure.</summary>
internal static class ExtensionDecision
{
    private const int MaxYears = 3;

    public static ChangeDecision Decide(DunningContext context, Versioned<Invoice> invoice, ExtensionRequest request)
    {
        var before = invoice.Value;
        if (before.Closed is { } closed)
            return ChangeDecision.NotPossible($"The invoice is {ReasonText.Of(closed.As)}: nothing is owed.");
        if (before.Agreements.Plan is { Stands: true })
            return ChangeDecision.NotPossible("The invoice is paid in parts: agree a new plan with later dates.");
        if (before.Agreements.Extension?.DueDate == request.DueDate)
            return ChangeDecision.Unchanged(before);
        if (Problem(context, before, request.DueDate) is { } problem)
            return ChangeDecision.Refused(ApiResult.Invalid(AgreementRequests.InvalidTitle, [problem]));
        var extension = new Extension(request.DueDate, context.Now) { By = request.By, Text = request.Reason };
        var agreed = OpenHold.EndApproval(before) with
        {
            Agreements = before.Agreements with { Extension = extension },
        };
        var after = Schedule.Recalculate(context, Schedule.Restart(context, agreed));
        var extended = new InvoiceEvent(context.Now, EventKind.Extended)
        {
            Date = request.DueDate,
            By = request.By,
            Text = request.Reason,
        };
        return ChangeDecision.Changed(invoice, after, extended) with { Warnings = OpenHold.Warnings([after]) };
    }

    private static FieldProblem? Problem(DunningContext context, Invoice invoice, DateOnly dueDate) =>
        dueDate <= context.Today
            ? new("#/dueDate", "in_the_past", $"{dueDate:yyyy-MM-dd} is not after today: send a later day")
        : dueDate <= invoice.Document.DueDate
            ? new(
                "#/dueDate",
                "not_later",
                $"The invoice is due on {invoice.Document.DueDate:yyyy-MM-dd}: send a later day"
            )
        : dueDate > context.Today.AddYears(MaxYears)
            ? new(
                "#/dueDate",
                "too_far",
                $"{dueDate:yyyy-MM-dd} is more than {MaxYears} years away: send an earlier day"
            )
        : null;
}
