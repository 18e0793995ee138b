using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>The response to a change of an invoice.</summary>
internal sealed record ChangeAnswer(string Id, string State, DateOnly DueDate, NextStep? NextStep)
{
    public PlanView? Plan { get; init; }
    public PromiseView? Promise { get; init; }

    /// <summary>Null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public static ChangeAnswer Create(Invoice invoice, ChangeDecision decision) =>
        new(invoice.Id.ToString(), invoice.StateFor(decision.Customer!), invoice.DueDate, invoice.Dunning.Next)
        {
            Plan = PlanView.Create(invoice),
            Promise = invoice.Agreements.Promise is { } promise ? PromiseView.Create(promise) : null,
            Warnings = decision.Warnings.Count > 0 ? decision.Warnings : null,
        };
}
