using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Invoices.Arrangements;

/// <summary>What a payment plan must be.</summary>
internal static class PlanRule
{
    private const int MaxYears = 5;

    /// <returns>Null for an invoice that can be paid in parts.</returns>
    public static ChangeDecision? WhyNot(Invoice invoice) =>
        invoice switch
        {
            { Closed: { } closed } => ChangeDecision.NotPossible(
                $"Invoice {invoice.Document.Number} is {ReasonText.Of(closed.As)}: only an open invoice is paid in "
                    + "parts."
            ),
            { UndisputedAmount.IsPositive: false } => ChangeDecision.NotPossible(
                $"Invoice {invoice.Document.Number} is in dispute: resume it first."
            ),
            _ => null,
        };

    /// <returns>Null for a plan that can be agreed.</returns>
    public static FieldProblem? Check(DunningContext context, PlanRequest request, Money owed)
    {
        if ((request.Currency ?? owed.Currency) != owed.Currency)
            return new("#/currency", "currency_differs", $"The invoice is in {owed.Currency}.");
        if (request.Equal is { } equal)
            return owed.Minor < equal.Count
                ? new("#/parts", "too_many", $"{owed} cannot be paid in {equal.Count} parts: send fewer")
                : DateProblem(context, "#/from", equal.From);
        var sum = request.Instalments.Select(part => part.Amount).Aggregate((a, b) => a + b);
        if (sum != owed)
            return new(
                "#/instalments",
                "sum_differs",
                $"The parts add up to {sum}, and {owed} is owed: the sum must be the same"
            );
        return request
            .Instalments.Select((part, i) => (part, i))
            .Where(item => item.part.DueDate is not null)
            .Select(item => DateProblem(context, $"#/instalments/{item.i}/dueDate", item.part.DueDate!.Value))
            .FirstOrDefault(problem => problem is not null);
    }

    private static FieldProblem? DateProblem(DunningContext context, string pointer, DateOnly day) =>
        day < context.Today
            ? new(
                pointer,
                "in_the_past",
                $"{day:yyyy-MM-dd} is before today, {context.Today:yyyy-MM-dd}: send a later day"
            )
        : day > context.Today.AddYears(MaxYears)
            ? new(pointer, "too_far", $"{day:yyyy-MM-dd} is more than {MaxYears} years away: send an earlier day")
        : null;
}
