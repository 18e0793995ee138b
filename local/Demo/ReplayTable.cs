using System.Globalization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Demo;

/// <summary>
/// What happened, as a table in order of time: each message once, with the invoices it spoke for, in the customer's
/// local time.
/// </summary>
public static class ReplayTable
{
    public static async Task WriteAsync(IServiceProvider services, IEnumerable<string> invoiceIds, TextWriter output)
    {
        var (receivables, rules) = (
            services.GetRequiredService<ReceivablesTable>(),
            services.GetRequiredService<DunningRules>()
        );
        List<(InvoiceEvent Event, Invoice Invoice, Customer Customer)> all = [];
        foreach (var text in invoiceIds)
        {
            if (!InvoiceId.TryParse(text, out var id))
                continue;
            var invoice = (await receivables.ReadInvoiceAsync(id, CancellationToken.None))!.Value;
            var customer = (await receivables.ReadAsync(id.Customer, CancellationToken.None))!.Customer.Value;
            all.AddRange(
                (await receivables.ReadEventsAsync(id, CancellationToken.None)).Select(e => (e, invoice, customer))
            );
        }

        await output.WriteLineAsync(Line("local time", "customer", "invoices", "what", "details"));
        foreach (
            var row in all.GroupBy(a => (a.Event.At, a.Customer.Id, a.Event.Kind, a.Event.What)).OrderBy(g => g.Key.At)
        )
        {
            var customer = row.First().Customer;
            var local = NodaTime.Instant.FromDateTimeOffset(row.Key.At).InZone(rules.ZoneOf(customer));
            var numbers = string.Join(' ', row.Select(r => r.Invoice.Number));
            var time = local.ToString("uuuu-MM-dd ddd HH:mm", CultureInfo.InvariantCulture);
            await output.WriteLineAsync(Line(time, customer.Name, numbers, row.Key.Kind.ToString(), row.Key.What));
        }
        var counts = all.GroupBy(a => a.Event.Kind).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}");
        await output.WriteLineAsync($"\nEvents by kind: {string.Join(", ", counts)}");
    }

    private static string Line(string time, string customer, string invoices, string what, string details) =>
        $"{time.PadRight(22)} {customer.PadRight(24)} {invoices.PadRight(27)} {what.PadRight(15)} {details}";
}
