using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Releases;

/// <summary>What an earlier release stored is read, scanned, paid and erased by this one.</summary>
[Trait("Category", "Long")]
public sealed class RecordedBookTests
{
    public static TheoryData<string> Releases => [.. RecordedBook.Releases];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_recorded_book_goes_on(string release)
    {
        var story = new Upgrade(new RecordedBook(release));
        await story.InitializeAsync();
        try
        {
            await story.ReadAsync();
            await story.ScanAsync();
            await story.PayAsync();
            await story.EraseAsync();
        }
        finally
        {
            await story.DisposeAsync();
        }
    }

    private sealed class Upgrade(RecordedBook book) : Scenario
    {
        protected override DateTimeOffset Start => book.SavedAt;

        protected override Task FillAsync(TestAccount account) => book.FillAsync(account.ConnectionString);

        private IEnumerable<Invoice> Recorded =>
            book.Rows(Tables.Book)
                .Where(row => row.RowKey.Contains("_i_", StringComparison.Ordinal))
                .Select(Rows.Read<Invoice>);

        public async Task ReadAsync()
        {
            Assert.NotEmpty(Recorded);
            foreach (var invoice in Recorded)
            {
                var view = await GetInvoiceAsync(invoice.Id.ToString());

                Assert.Equal(invoice.Document.Number, view.GetProperty("number").GetString());
                Assert.All(
                    view.GetProperty("events").EnumerateArray(),
                    e => Assert.NotEqual("", e.GetProperty("what").GetString())
                );
            }
        }

        public async Task ScanAsync()
        {
            var day = DateOnly.FromDateTime(book.SavedAt.UtcDateTime);
            await AdvanceDailyAsync($"{day.AddDays(1):yyyy-MM-dd}", $"{day.AddDays(8):yyyy-MM-dd}");
            await RecoverAsync();

            Assert.NotEmpty(Emails);
            var left = await Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
            Assert.Equal(0, left.GetProperty("poisoned").GetArrayLength());
            Assert.Equal(0, left.GetProperty("inDoubt").GetArrayLength());
        }

        public async Task PayAsync()
        {
            var id = Recorded.First(i => i.Closed is null && i.Dunning.Hold is null).Id.ToString();
            var open = await GetInvoiceAsync(id);
            var payment = new
            {
                paymentId = "bank-upgrade",
                amount = open.GetProperty("balance").GetString(),
                currency = open.GetProperty("currency").GetString(),
            };
            using var paid = await PostAsync($"api/invoices/{id}/payments", payment, ("Idempotency-Key", "upgrade"));

            Assert.True(paid.IsSuccessStatusCode, await paid.Content.ReadAsStringAsync());
            Assert.Equal("settled", await StateAsync(id));
        }

        public async Task EraseAsync()
        {
            var customers = book.Rows(Tables.Book)
                .Where(row =>
                    row.RowKey.StartsWith("l_", StringComparison.Ordinal) && row.RowKey.Count(c => c == '_') == 1
                )
                .Select(Rows.Read<Customer>)
                .ToList();
            // Messages that wait for a person's decision would stop the erasure, and so would one that is being sent.
            foreach (var customer in customers)
            {
                using var erased = await Http.DeleteAsync($"api/customers/{customer.Id}?force=true");
                Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
            }

            var text = await StorageText.ReadAsync(
                Host.Services.GetRequiredService<Azure.Data.Tables.TableServiceClient>()
            );
            Assert.All(
                customers.Select(customer => customer.Email).OfType<string>(),
                address => Assert.DoesNotContain(address, text, StringComparison.OrdinalIgnoreCase)
            );
        }
    }
}
