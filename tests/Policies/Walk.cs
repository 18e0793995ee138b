using System.Globalization;
using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

/// <summary>
/// Follows one invoice that nobody pays up its ladder: each step when it falls due, each approval at once.
/// </summary>
internal static class Walk
{
    private const int MaxTurns = 30;

    /// <returns>One line a step: the UTC instant at which it was taken and its id.</returns>
    public static IReadOnlyList<string> Up(Invoice invoice, Customer customer, DunningRules rules)
    {
        List<string> taken = [];
        invoice = Schedule.Recalculate(invoice, customer, rules, invoice.AcceptedAt);
        for (var turn = 0; invoice.Next is { } next; turn++)
        {
            Assert.True(turn < MaxTurns, $"Still waiting for '{next.Step}' after {MaxTurns} turns.");
            var now = next.At > invoice.AcceptedAt ? next.At : invoice.AcceptedAt;
            var transaction = ReminderPlan.Decide(TestData.Book(customer, invoice), rules, now)!.Transaction;
            (invoice, customer) = (transaction.One<Invoice>(), transaction.One<Customer>());
            if (invoice.Hold?.ApprovalFor is not null)
            {
                invoice = Schedule.Recalculate(
                    InvoiceChanges.Resume(invoice, new(null, null, []), now).Item1!,
                    customer,
                    rules,
                    now
                );
                continue;
            }
            taken.Add($"{now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {invoice.Step}");
        }
        return taken;
    }
}
