using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices.Arrangements;

/// <summary>Payment plans that a person agrees on, changes or ends. Pure.</summary>
internal static class PlanDecision
{
    /// <summary>One plan for one invoice; it replaces the one before.</summary>
    public static ChangeDecision Agree(DunningContext context, Versioned<Invoice> invoice, PlanRequest request)
    {
        if (PlanRule.WhyNot(invoice.Value) is { } refused)
            return refused;
        var owed = invoice.Value.UndisputedAmount;
        if (PlanRule.Check(context, request, owed) is { } problem)
            return Invalid(problem);
        var whole = PaymentPlan.Of(request.Equal?.Of(owed) ?? request.Instalments);
        return Agree(context, request, whole, [(invoice, whole.Parts)]);
    }

    /// <summary>One plan over several invoices: the parts pay the one that fell due first.</summary>
    public static ChangeDecision Agree(DunningContext context, CustomerAccount account, PlanRequest request)
    {
        if (request.Invoices?.FirstOrDefault(id => Find(account, id) is null) is { } unknown)
            return Invalid(
                new("#/invoices", "unknown_invoice", $"'{unknown}' is no open invoice of this customer: send its id")
            );
        var currency = request.Currency ?? account.Invoices.Select(i => i.Value.OpenAmount.Currency).FirstOrDefault();
        var invoices = (request.Invoices?.Distinct().Select(id => Find(account, id)!) ?? account.Invoices)
            .Where(i => request.Invoices is not null || i.Value.UndisputedAmount.IsPositive)
            .Where(i => request.Invoices is not null || i.Value.OpenAmount.Currency == currency)
            .OldestFirst()
            .ToList();
        if (invoices.Count is 0 or > PlanEnd.MaxInvoices)
            return Invalid(
                new(
                    "#/invoices",
                    "wrong_number",
                    $"send 1 to {PlanEnd.MaxInvoices} ids of open invoices; {invoices.Count} were found"
                )
            );
        if (invoices.Select(i => PlanRule.WhyNot(i.Value)).OfType<ChangeDecision>().FirstOrDefault() is { } refused)
            return refused;
        if (request.Instalments.Any(part => part.Milestone is not null))
            return Invalid(
                new("#/instalments", "milestone", "a plan over several invoices has dates only: send dueDate")
            );
        if (invoices.Select(i => i.Value.OpenAmount.Currency).Distinct().Count() > 1)
            return Invalid(
                new("#/invoices", "currencies_differ", "the invoices are in several currencies: agree a plan for each")
            );
        var owed = invoices.Select(i => i.Value.UndisputedAmount).Aggregate((a, b) => a + b);
        if (PlanRule.Check(context, request, owed) is { } problem)
            return Invalid(problem);
        var whole = PaymentPlan.Of(request.Equal?.Of(owed) ?? request.Instalments);
        return Agree(context, request, whole, PlanAllocation.Of(invoices, whole));
    }

    public static ChangeDecision End(DunningContext context, Versioned<Invoice> invoice, EndRequest request)
    {
        var before = invoice.Value;
        if (before.Closed is not null || before.Agreements.Plan is not { } plan)
            return ChangeDecision.Unchanged(before);
        var resumed = Schedule.OneStepHigher(context, Ended(before).AtStep(plan.StepBefore));
        var after = Schedule.Recalculate(context, resumed);
        return ChangeDecision.Changed(
            invoice,
            after,
            new(context.Now, EventKind.PlanEnded)
            {
                Owed = after.OpenAmount,
                By = request.By,
                Text = request.Reason,
            }
        );
    }

    private static Invoice Ended(Invoice invoice) =>
        invoice with
        {
            Agreements = invoice.Agreements with { Plan = null, IsPlanEnded = true },
        };

    private static ChangeDecision Agree(
        DunningContext context,
        PlanRequest request,
        PaymentPlan whole,
        IReadOnlyList<(Versioned<Invoice> Invoice, IReadOnlyList<PlanPart> Parts)> invoices
    )
    {
        if (invoices.All(i => IsSame(i.Invoice.Value.Agreements.Plan, i.Parts, request)))
            return ChangeDecision.Unchanged(invoices.Select(i => i.Invoice.Value));
        var now = context.Now;
        var plan = whole with
        {
            Id = Ids.Uuid($"dunning/plan/{invoices[0].Invoice.Value.Id}/{now:O}").ToString("N"),
            AgreedAt = now,
            By = request.By,
            Text = request.Note,
            Accelerates = request.Accelerates,
        };
        var transaction = new CustomerTransaction(context.Customer.Id);
        List<Invoice> agreed = [];
        foreach (var (invoice, parts) in invoices)
        {
            var before = invoice.Value;
            var own = plan with { Parts = parts, StepBefore = StepBefore(before) };
            // The plan takes the place of what was promised before.
            var withPlan = OpenHold
                .EndApproval(before)
                .WithoutFollowUps(
                    FollowUpKind.PromiseBroken,
                    FollowUpKind.PartMissed,
                    FollowUpKind.PlanBroken,
                    FollowUpKind.PlanNotConfirmed
                ) with
            {
                Agreements = before.Agreements.EndPromise(PromiseState.Withdrawn) with { Plan = own },
            };
            var after = Schedule.Recalculate(context, Schedule.Restart(context, withPlan));
            transaction
                .Save(invoice, after)
                .AddEvent(
                    after.Id,
                    new(now, EventKind.PlanAgreed)
                    {
                        Parts = parts,
                        By = request.By,
                        Text = request.Note,
                    }
                );
            agreed.Add(after);
        }
        var isConfirmed = context.Customer is { EmailAddress: not null, DoNotContact: false };
        if (isConfirmed)
            transaction.Save(before: null, Confirmation(context, plan, agreed));
        return new ChangeDecision
        {
            Invoices = agreed,
            Transaction = transaction,
            Warnings = isConfirmed
                ? OpenHold.Warnings(agreed)
                :
                [
                    .. OpenHold.Warnings(agreed),
                    "The customer has no email address that can be used, so the plan is not confirmed: a part that is "
                        + "missed does not make the rest fall due.",
                ],
        };
    }

    private static Notice Confirmation(DunningContext context, PaymentPlan plan, IReadOnlyList<Invoice> invoices) =>
        new()
        {
            Id = NoticeId.At(context.Now, $"plan-{plan.Id![..8]}"),
            CustomerId = context.Customer.Id,
            Channel = Channel.Email,
            Tone = NoticeTone.PlanAgreed,
            Lines = [.. invoices.Select(invoice => new NoticeLine(invoice.Id.Invoice, Step: null))],
            PlanId = plan.Id,
            PlannedAt = context.Now,
            NotBefore = SendWindow.From(context, Channel.Email),
        };

    private static StepId? StepBefore(Invoice invoice) =>
        invoice.Agreements.Plan is { } plan && invoice.Dunning.StepList is StepList.Plan
            ? plan.StepBefore
            : invoice.Dunning.Step;

    private static bool IsSame(PaymentPlan? stored, IReadOnlyList<PlanPart> parts, PlanRequest request) =>
        stored is { Stands: true, Id: not null }
        && stored.Accelerates == request.Accelerates
        && stored.Parts.SequenceEqual(parts);

    private static Versioned<Invoice>? Find(CustomerAccount account, string id) =>
        InvoiceId.TryParse(id, out var invoice) ? account.Invoice(invoice.Invoice) : null;

    private static ChangeDecision Invalid(FieldProblem problem) =>
        ChangeDecision.Refused(ApiResult.Invalid(AgreementRequests.InvalidTitle, [problem]));
}
