using System.Globalization;
using Dunning.Dashboard.OverviewPages;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// What a page costs: requests to storage and bytes. With <c>DUNNING_PAGES=full</c> at 100, 1,000 and 10,000 invoices,
/// printed as a table; else at 100.
/// </summary>
public sealed class PageCosts(ITestOutputHelper output) : DashboardScenario
{
    private const int InvoicesOfCustomer = 4;

    private readonly CountingTransport _storage = new();

    protected override int Shards => 16;

    protected override void ReplaceServices(IServiceCollection services) => _storage.Use(services);

    [Fact]
    public async Task The_overview_never_reads_the_book()
    {
        using var browser = await SignInAsync();
        var filled = 0;
        foreach (var count in Sizes())
        {
            await FillAsync(filled, count);
            filled = count;
            _storage.TakeCount();
            await Host.RunTimerAsync(nameof(SummarizeReceivables));
            output.WriteLine($"{count} invoices: {_storage.TakeCount()} requests of the timer");
            foreach (var page in new[] { "", "/todo", "/invoices", "/customers" })
            {
                _storage.TakeCount();
                var bytes = (await browser.GetByteArrayAsync(Home + page)).Length;
                var requests = _storage.TakeCount();
                output.WriteLine($"{count} invoices, {Home}{page}: {requests} requests, {bytes} bytes");
                Assert.True(bytes < 60 * 1024, $"{page}: {bytes} bytes");
                if (page.Length == 0)
                    Assert.True(requests <= 40, $"The overview: {requests} requests");
            }
        }
    }

    private static int[] Sizes() =>
        Environment.GetEnvironmentVariable("DUNNING_PAGES") is { Length: > 0 } ? [100, 1_000, 10_000] : [100];

    /// <summary>Copies an invoice that was accepted, as its rows are, under other ids.</summary>
    private async Task FillAsync(int from, int to)
    {
        var id = await PostInvoiceAsync(Invoice("template"));
        Assert.True(InvoiceId.TryParse(id, out var template));
        var invoice = (await Table.ReadInvoiceAsync(template, CancellationToken.None))!.Value;
        var customer = (await Table.ReadAsync(template.Customer, CancellationToken.None))!.Customer.Value;
        for (var first = from; first < to; first += InvoicesOfCustomer)
        {
            var number = first.ToString(CultureInfo.InvariantCulture);
            var customerId = CustomerId.OfExternalId("api", number);
            var transaction = new CustomerTransaction(customerId).Save(
                before: null,
                customer with
                {
                    Id = customerId,
                    ExternalId = number,
                    Name = $"Customer {number}",
                }
            );
            for (var i = 0; i < InvoicesOfCustomer; i++)
                transaction.Save(
                    before: null,
                    invoice with
                    {
                        Id = InvoiceId.Create(customerId, "api", $"{number}-{i}"),
                        Document = invoice.Document with { Number = $"{number}-{i}" },
                    }
                );
            Assert.True(await Table.TryCommitAsync(transaction, CancellationToken.None));
        }
    }
}
