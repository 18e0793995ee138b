using Dunning.Book;

namespace Dunning.Plan;

/// <summary>
/// A reminder was planned and then not sent, because a payment was on its way or somebody put the invoice on hold. When that comes to nothing,
/// the step still has to be said: the invoice goes back to where it climbed from, unless another channel has said it.
/// </summary>
public static class StepBack
{
    /// <returns>The invoices to save, each before and after.</returns>
    public static IEnumerable<(Stored<Invoice> Before, Invoice After)> Of(CustomerBook book, Notice dropped, Rulebook rules, DateTimeOffset now)
    {
        if (!dropped.IsReminder)
            yield break;
        foreach (var line in dropped.Lines)
        {
            if (book.Invoice(line.InvoiceId) is { } invoice && invoice.Value.Step == line.Step && !IsSaid(line, invoice.Value, book, dropped))
                yield return (invoice, Schedule.Renew(invoice.Value with { Step = line.Before }, book.Customer.Value, rules, now));
        }
    }

    /// <summary>Another channel of the same step will send its message, or one has tried to: a notice of the same planning has claimed the invoice.</summary>
    private static bool IsSaid(NoticeLine line, Invoice invoice, CustomerBook book, Notice dropped) =>
        book.Notices.Any(n => n.Value.Id != dropped.Id && n.Value.Lines.Contains(line))
        || invoice.ClaimedBy?.Split('-')[0] == dropped.Id.Split('-')[0];
}
