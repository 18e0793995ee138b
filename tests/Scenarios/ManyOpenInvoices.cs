using System.Globalization;
using Dunning.Local.MailViewer;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// A demand states the whole debt, however long the list is (shared/fixtures/reports, section 12).
/// </summary>
[Trait("Category", "Long")]
public sealed class ManyOpenInvoices : Scenario
{
    [FixtureFact]
    public async Task Of_the_reported_forty_five_each_step_asks_once_for_all()
    {
        using var content = new StringContent(
            SharedFixtures.Text("reports/forty-five-invoices.ndjson"),
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson")
        );
        using var answer = await Http.PostAsync("api/invoices/import", content);
        Assert.True(answer.IsSuccessStatusCode);
        await AdvanceDailyAsync("2026-03-02", "2026-03-20");

        Assert.Equal(
            [
                ("Reminder: 45 invoices", At("2026-03-09T09:00Z")),
                ("Can we help with 45 invoices?", At("2026-03-12T09:00Z")),
                ("Still open: 45 invoices", At("2026-03-18T09:00Z")),
            ],
            ToCustomer.Select(mail => (mail.Subject, mail.SentAt))
        );
        Assert.All(
            ToCustomer,
            mail => AssertAsksFor(mail, "EUR 450.00", listed: 25, more: "20 more invoices, EUR 200.00")
        );
    }

    [Theory]
    [InlineData(25, null)]
    [InlineData(26, "1 more invoice, GBP 10.00")]
    [InlineData(130, "105 more invoices, GBP 1,050.00")]
    public async Task However_many_there_are_nobody_is_asked_twice_within_the_minimum_distance(int count, string? more)
    {
        await PostManyAsync(count, _ => "2026-03-09");
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");

        Assert.Equal(
            ["2026-03-03", "2026-03-12", "2026-03-16"],
            ToCustomer.Select(mail => mail.SentAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
        var total = $"GBP {count * 10:N0}.00";
        Assert.All(ToCustomer, mail => AssertAsksFor(mail, total, Math.Min(count, 25), more));
    }

    [Fact]
    public async Task Of_different_steps_the_oldest_are_listed_and_all_are_asked_for_in_the_firmest_tone()
    {
        await PostManyAsync(50, n => n < 30 ? "2026-03-13" : "2026-03-09");
        // A week without a scan: 20 invoices are at the second step, 30 at the first.
        await AdvanceDailyAsync("2026-03-18", "2026-03-20");

        var mail = Assert.Single(ToCustomer);
        Assert.Equal("Can we help with 50 invoices?", mail.Subject);
        AssertAsksFor(mail, "GBP 500.00", listed: 25, more: "25 more invoices, GBP 250.00");
        Assert.All(
            Enumerable.Range(30, 20),
            n => Assert.Contains($"Invoice HF-{n:000}:", mail.Plain!, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Of_several_currencies_each_total_is_whole_and_says_what_is_not_listed()
    {
        await PostManyAsync(50, n => n < 45 ? "2026-03-09" : "2026-03-10", n => n < 25 || n >= 45 ? "EUR" : "GBP");
        await AdvanceDailyAsync("2026-03-12", "2026-03-13");

        AssertAsksFor(
            Assert.Single(ToCustomer),
            "EUR 300.00",
            listed: 25,
            more: "25 more invoices, GBP 200.00 and EUR 50.00",
            "GBP 200.00"
        );
    }

    [Fact]
    public async Task A_text_message_names_the_whole_sum_and_count()
    {
        await PostManyAsync(45, _ => "2026-03-09", email: null, phone: "+447700900456");
        await AdvanceDailyAsync("2026-03-10", "2026-03-14");

        var sms = Assert.Single(SmsMessages);
        Assert.Contains("45 invoices, GBP 450.00 in all", sms.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_invoice_that_a_letter_counts_tells_of_it()
    {
        var ids = await PostManyAsync(45, _ => "2026-03-09");
        await AdvanceDailyAsync("2026-03-12", "2026-03-13");

        var events = await Task.WhenAll(ids.Select(EventsAsync));
        Assert.All(events, list => Assert.Contains(list, kind => kind is "sent" or "covered"));
        Assert.All(ids, id => Assert.Equal(Assert.Single(ids.Select(ClaimOf).Distinct()), ClaimOf(id)));
    }

    [Fact]
    public async Task An_invoice_that_is_only_counted_and_changes_before_the_claim_is_not_asked_for()
    {
        var ids = await PostManyAsync(45, _ => "2026-03-09");
        Host.Clock.SetTo(At("2026-03-12T09:00Z"));
        await PlanAsync();
        Assert.True(InvoiceId.TryParse(ids[0], out var first));
        var account = await Table.ReadAsync(first.Customer, CancellationToken.None);
        var notice = Assert.Single(account!.Notices).Value;
        List<int> counted = [];
        List<int> sent = [];

        await Host
            .Services.GetRequiredService<NoticeDelivery>()
            .DeliverAsync(
                new NoticeReady(notice.CustomerId, notice.Id),
                new ScriptedChannel(
                    async request =>
                    {
                        counted.Add(request.Check.Invoices.Count);
                        var named = request.Check.NamedIn(request.Notice);
                        if (counted.Count == 1)
                            await ChangeAsync(
                                request.Check.Invoices.Except(named).First().Value.Id.ToString(),
                                "void",
                                new { reason = "never delivered" }
                            );
                    },
                    request =>
                    {
                        sent.Add(request.Check.Invoices.Count);
                        return Task.CompletedTask;
                    }
                ),
                CancellationToken.None
            );

        Assert.Equal([45, 44], counted);
        Assert.Equal([44], sent);
    }

    [Fact]
    public async Task What_is_disputed_is_counted_too_when_the_list_is_cut()
    {
        var ids = await PostManyAsync(46, _ => "2026-03-09");
        foreach (var id in ids.Skip(1))
            await ChangeAsync(id, "dispute", new { reason = "arrived damaged" });
        await AdvanceToAsync("2026-03-12T09:00Z");

        var mail = Assert.Single(ToCustomer);
        Assert.Equal("Reminder: invoice HF-000", mail.Subject);
        Assert.Contains("20 more invoices, GBP 200.00", mail.Plain!, StringComparison.Ordinal);
    }

    private IEnumerable<SentEmail> ToCustomer =>
        Emails.Where(mail => !mail.Subject.StartsWith("Copy:", StringComparison.Ordinal));

    private string? ClaimOf(string id) =>
        (
            InvoiceId.TryParse(id, out var invoice)
                ? Table
                    .ReadInvoiceAsync(invoice, CancellationToken.None)
                    .GetAwaiter()
                    .GetResult()!
                    .Value.Dunning.ClaimedBy
                : null
        )?.Value;

    private async Task<IReadOnlyList<string>> PostManyAsync(
        int count,
        Func<int, string> due,
        Func<int, string>? currency = null,
        string? email = "tom@amberley.example",
        string? phone = null
    )
    {
        List<string> ids = [];
        for (var n = 0; n < count; n++)
            ids.Add(
                await PostInvoiceAsync(
                    Invoice(
                        $"HF-{n:000}",
                        "10.00",
                        due: due(n),
                        currency: currency?.Invoke(n) ?? "GBP",
                        customer: Customer(email: email, phone: phone)
                    )
                )
            );
        return ids;
    }

    private static void AssertAsksFor(SentEmail mail, string total, int listed, string? more, string? otherTotal = null)
    {
        Assert.Equal(listed, mail.Plain!.Split("- Invoice ").Length - 1);
        foreach (var text in new[] { mail.Plain, Words(mail.Html!) })
        {
            Assert.Contains(total, text, StringComparison.Ordinal);
            Assert.Contains(otherTotal ?? total, text, StringComparison.Ordinal);
            if (more is null)
                Assert.DoesNotContain("more invoice", text, StringComparison.Ordinal);
            else
                Assert.Contains(more, text, StringComparison.Ordinal);
        }
    }

    private static string Words(string html) =>
        System.Xml.Linq.XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]).Value;
}
