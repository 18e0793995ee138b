using System.Globalization;
using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>
/// Simulates an unpaid invoice through the whole schedule: each step when it falls due, each approval given
/// immediately.
/// </summary>
internal static class ScheduleSimulation
{
    private const int MaxIterations = 30;

    /// <returns>One line per step: the UTC instant at which it was taken, and its id.</returns>
    public static IReadOnlyList<string> Run(Invoice invoice, Customer customer, DunningRules rules)
    {
        List<string> steps = [];
        invoice = Schedule.Recalculate(new DunningContext(customer, rules, invoice.AcceptedAt), invoice);
        for (var iteration = 0; invoice.Dunning.Next is { } next; iteration++)
        {
            Assert.True(
                iteration < MaxIterations,
                $"Step '{next.Step}' is not taken after {MaxIterations} iterations."
            );
            var now = next.At > invoice.AcceptedAt ? next.At : invoice.AcceptedAt;
            var transaction = Decisions.Plan(TestData.Account(customer, invoice), rules, now)!;
            (invoice, customer) = (transaction.One<Invoice>(), transaction.One<Customer>());
            if (invoice.Dunning.Hold?.ApprovalFor is not null)
            {
                invoice = Schedule.Recalculate(
                    new DunningContext(customer, rules, now),
                    InvoiceChanges.Resume(invoice, InvoiceChangeReading.Empty, now).Item1!
                );
                continue;
            }
            steps.Add($"{now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {invoice.Dunning.Step}");
        }
        return steps;
    }
}
