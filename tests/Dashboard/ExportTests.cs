using System.Text;

namespace Dunning.Tests.Dashboard;

public sealed class ExportTests : DashboardScenario
{
    [Fact]
    public async Task The_list_of_invoices_is_exported_with_its_filter_and_formulas_are_text()
    {
        await PostInvoiceAsync(Invoice("=1+1", due: "2026-02-20"));
        await PostInvoiceAsync(Invoice("A-2", "50.00", customer: Customer("brook, \"and\" son", email: null)));
        using var browser = await SignInAsync();

        using var response = await browser.GetAsync($"{Home}/export/invoices?show=overdue");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var overdue = Lines(Encoding.UTF8.GetString(bytes));
        var all = Lines(await browser.GetStringAsync($"{Home}/export/invoices"));

        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("invoices.csv", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith(
            "number,customer,customerId,issueDate,dueDate,daysLate,",
            overdue[0],
            StringComparison.Ordinal
        );
        var row = Assert.Single(overdue.Skip(1));
        Assert.StartsWith("'=1+1,amberley Ltd,", row, StringComparison.Ordinal);
        Assert.Contains(",2026-02-20,10,GBP,119.00,119.00,overdue,2026-03-02,first,,", row, StringComparison.Ordinal);
        Assert.Contains(all, line => line.StartsWith("A-2,\"brook, \"\"and\"\" son Ltd\",", StringComparison.Ordinal));
        Assert.Contains(all, line => line.EndsWith(",needsContact,,,noAddress,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_of_customers_has_a_row_for_each_currency()
    {
        await PostInvoiceAsync(Invoice("A-1"));
        await PostInvoiceAsync(Invoice("A-2", "50.00", currency: "EUR"));
        using var browser = await SignInAsync();

        var lines = Lines(await browser.GetStringAsync($"{Home}/export/customers?currency=eur"));

        Assert.Equal(
            ["EUR,50.00", "GBP,119.00"],
            lines.Skip(1).Select(line => string.Join(',', line.Split(',')[5..7]))
        );
    }

    private static string[] Lines(string csv) => csv.TrimStart('\uFEFF').TrimEnd().Split("\r\n");
}
