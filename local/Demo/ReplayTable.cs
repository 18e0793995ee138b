using System.Globalization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Demo;

/// <summary>
/// The events as a table in chronological order, in the customer's local time. An event of several invoices is one row.
/// </summary>
public static class ReplayTable
{
    public static async Task WriteAsync(IServiceProvider services, IEnumerable<string> invoiceIds, TextWriter output)
    {
        var (receivables, rules) = (
            services.GetRequiredService<ReceivablesTable>(),
            services.GetRequiredService<DunningRules>()
        );
        List<(InvoiceEvent Event, Invoice Invoice, Customer Customer)> events = [];
        foreach (var text in invoiceIds)
        {
            if (!InvoiceId.TryParse(text, out var id))
                continue;
            var invoice = (await receivables.ReadInvoiceAsync(id, CancellationToken.None))!.Value;
            var customer = (await receivables.ReadAsync(id.Customer, CancellationToken.None))!.Customer.Value;
            events.AddRange(
                (await receivables.ReadEventsAsync(id, CancellationToken.None)).Select(e => (e, invoice, customer))
            );
        }

        await output.WriteLineAsync(Line("local time", "customer", "invoices", "what", "details"));
        foreach (
            var row in events
                .GroupBy(a => (a.Event.At, a.Customer.Id, a.Event.Kind, a.Event.What))
                .OrderBy(g => g.Key.At)
        )
        {
            var customer = row.First().Customer;
            var local = NodaTime.Instant.FromDateTimeOffset(row.Key.At).InZone(rules.ZoneOf(customer));
            var numbers = string.Join(' ', row.Select(r => r.Invoice.Document.Number));
            var time = local.ToString("uuuu-MM-dd ddd HH:mm", CultureInfo.InvariantCulture);
            await output.WriteLineAsync(Line(time, customer.Name, numbers, row.Key.Kind.ToString(), row.Key.What));
        }
        var counts = events.GroupBy(a => a.Event.Kind).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}");
        await output.WriteLineAsync($"\nEvents by kind: {string.Join(", ", counts)}");
    }

    private static string Line(string time, string customer, string invoices, string what, string details) =>
        $"{time.PadRight(22)} {customer.PadRight(24)} {invoices.PadRight(27)} {what.PadRight(15)} {details}";
}
