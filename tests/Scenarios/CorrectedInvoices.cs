using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Credit notes, corrected invoices and raised amounts (shared/fixtures/reports, section 8).</summary>
[Trait("Category", "Long")]
public sealed class CorrectedInvoices : Scenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_corrected_invoice_takes_the_place_of_the_first_in_either_order(bool originalFirst)
    {
        var original = Invoice("R-1", "119.00");
        var corrected = Correction("K-2", "95.00", of: "R-1");
        var ids = new Dictionary<bool, string>();
        foreach (var isOriginal in new[] { originalFirst, !originalFirst })
            ids[isOriginal] = await PostInvoiceAsync(isOriginal ? original : corrected);
        await AdvanceDailyAsync("2026-03-03", "2026-03-19");

        Assert.Equal(("replaced", "open"), (await StateAsync(ids[true]), await StateAsync(ids[false])));
        Assert.All(Letters, mail => Assert.DoesNotContain("R-1", mail.Plain, StringComparison.Ordinal));
        Assert.Contains("GBP 95.00", Letters[^1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_invoice_ends_the_reminders_of_the_first_and_begins_with_a_friendly_one()
    {
        var original = await PostInvoiceAsync(Invoice("R-1", "119.00", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Equal("Can we help with invoice R-1?", Letters[^1].Subject);

        await PostInvoiceAsync(Correction("K-2", "95.00", of: "R-1", due: "2026-03-16"));
        await AdvanceDailyAsync("2026-03-11", "2026-03-19");

        Assert.Equal("replaced", await StateAsync(original));
        Assert.Equal("Reminder: invoice K-2", Letters[^1].Subject);
    }

    [Fact]
    public async Task What_was_paid_on_the_first_is_paid_on_the_corrected_one_whatever_comes_later()
    {
        await PostInvoiceAsync(Invoice("R-1", "119.00"));
        await StripeAsync(Paid("R-1", 60_00));
        await Host.PumpAsync();

        var corrected = await PostInvoiceAsync(Correction("K-2", "95.00", of: "R-1"));
        Assert.Equal(("partPaid", "35.00"), (await StateAsync(corrected), await BalanceAsync(corrected)));

        await StripeAsync(Paid("R-1", 35_00, id: "rest"));
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(corrected));
    }

    [Fact]
    public async Task A_first_invoice_that_is_paid_already_pays_the_corrected_one()
    {
        var original = await PostInvoiceAsync(Invoice("R-1", "119.00"));
        await StripeAsync(Paid("R-1", 119_00));
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(original));

        var corrected = await PostInvoiceAsync(Correction("K-2", "95.00", of: "R-1"));

        Assert.Equal(("replaced", "settled"), (await StateAsync(original), await StateAsync(corrected)));
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");
        Assert.DoesNotContain(Letters, mail => mail.Plain.Contains("K-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invoice_that_only_mentions_an_earlier_one_replaces_nothing()
    {
        var deposit = Invoice("A-1", "500.00");
        var first = await PostInvoiceAsync(deposit);
        await PostInvoiceAsync(With(Invoice("B-2", "700.00"), ("precedingInvoice", "A-1")));
        await PostInvoiceAsync(deposit);

        Assert.Equal(("open", "500.00"), (await StateAsync(first), await BalanceAsync(first)));
    }

    [Fact]
    public async Task A_second_correction_takes_the_place_of_the_first_one()
    {
        await PostInvoiceAsync(Invoice("R-1", "119.00"));
        var second = await PostInvoiceAsync(Correction("K-2", "95.00", of: "R-1"));
        var third = await PostInvoiceAsync(Correction("K-3", "97.00", of: "R-1"));

        Assert.Equal(("replaced", "open"), (await StateAsync(second), await StateAsync(third)));
    }

    [Fact]
    public async Task What_the_corrected_invoice_has_deducted_already_counts_once()
    {
        await PostInvoiceAsync(Invoice("R-1", "100.00"));
        await StripeAsync(Paid("R-1", 60_00));
        await Host.PumpAsync();
        var corrected = await PostInvoiceAsync(With(Correction("K-2", "30.00", of: "R-1"), ("amountTotal", "90.00")));

        Assert.Equal("30.00", await BalanceAsync(corrected));
    }

    [Fact]
    public async Task A_dispute_and_a_write_off_of_the_first_go_on_with_the_corrected_one()
    {
        var original = await PostInvoiceAsync(Invoice("R-1", "100.00"));
        using var writtenOff = await PostAsync(
            $"api/invoices/{original}/write-off",
            new
            {
                amount = "30.00",
                currency = "GBP",
                by = "Maya",
                reason = "goodwill",
            },
            ("Idempotency-Key", "w")
        );
        Assert.True(writtenOff.IsSuccessStatusCode);
        await ChangeAsync(original, "dispute", new { reason = "broken" });
        var corrected = await PostInvoiceAsync(Correction("K-2", "90.00", of: "R-1"));

        Assert.Equal(("disputed", "60.00"), (await StateAsync(corrected), await BalanceAsync(corrected)));
    }

    [Fact]
    public async Task When_two_invoices_have_the_number_the_corrected_one_waits_for_a_person()
    {
        await PostInvoiceAsync(Invoice("R-1", "100.00"));
        await PostInvoiceAsync(With(Invoice("R-1", "50.00"), ("externalId", "other")));
        var corrected = await PostInvoiceAsync(Correction("K-2", "90.00", of: "R-1"));

        Assert.Equal("onHold", await StateAsync(corrected));
        Assert.Contains("taskForPerson", await EventsAsync(corrected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_credit_note_lowers_the_invoice_that_it_names_in_either_order(bool invoiceFirst)
    {
        var credit = CreditNote("G-7", "30.00", of: "R-1");
        if (!invoiceFirst)
            await PostInvoiceAsync(credit);
        var id = await PostInvoiceAsync(Invoice("R-1", "119.00"));
        if (invoiceFirst)
            await PostInvoiceAsync(credit);
        await PostInvoiceAsync(credit);

        Assert.Equal("89.00", await BalanceAsync(id));
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");
        Assert.Contains("GBP 89.00", Letters[^1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credit_note_for_all_of_it_settles_the_invoice_without_thanks()
    {
        var id = await PostInvoiceAsync(Invoice("R-1", "119.00"));
        await PostInvoiceAsync(CreditNote("G-7", "-119.00", of: "R-1"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");

        Assert.Equal("settled", await StateAsync(id));
        Assert.Empty(Letters);
    }

    [Fact]
    public async Task A_credit_note_that_is_voided_or_lowered_counts_as_it_stands()
    {
        var id = await PostInvoiceAsync(Invoice("R-1", "119.00"));
        await PostInvoiceAsync(CreditNote("G-7", "30.00", of: "R-1"));
        await PostInvoiceAsync(CreditNote("G-7", "20.00", of: "R-1"));
        Assert.Equal("99.00", await BalanceAsync(id));

        await PostInvoiceAsync(With(CreditNote("G-7", "20.00", of: "R-1"), ("status", "void")));
        Assert.Equal("119.00", await BalanceAsync(id));
    }

    [Fact]
    public async Task A_credit_note_of_another_customer_takes_nothing_off_and_says_so()
    {
        var id = await PostInvoiceAsync(Invoice("R-1", "119.00"));
        using var response = await PostAsync(
            "api/invoices",
            With(CreditNote("G-7", "30.00", of: "R-1"), ("customer", Customer("other", email: "x@other.example")))
        );

        Assert.Contains(
            "has no invoice 'R-1' yet",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal("119.00", await BalanceAsync(id));
    }

    [Fact]
    public async Task A_raised_amount_is_explained_once_before_anything_firmer_is_said()
    {
        var invoice = Invoice("R-1", "100.00", due: "2026-03-02");
        await PostInvoiceAsync(invoice);
        await AdvanceDailyAsync("2026-03-03", "2026-03-16");
        Assert.StartsWith("Still open", Letters[^1].Subject, StringComparison.Ordinal);
        var sent = Letters.Count;

        await PostInvoiceAsync(
            With(Invoice("R-1", "120.00", due: "2026-03-02"), ("changeReason", "two more hours on 4 March"))
        );
        await AdvanceDailyAsync("2026-03-17", "2026-03-24");

        Assert.Equal("Reminder: invoice R-1", Letters[sent].Subject);
        Assert.Contains(
            "it is GBP 120.00 now and was GBP 100.00 before. The reason: two more hours on 4 March",
            Letters[sent].Plain,
            StringComparison.Ordinal
        );
        Assert.All(
            Letters.Skip(sent + 1),
            mail => Assert.DoesNotContain("has changed", mail.Plain, StringComparison.Ordinal)
        );
    }

    private static object Correction(string number, string amount, string of, string due = "2026-03-16") =>
        With(Invoice(number, amount, due: due), ("precedingInvoice", of), ("isCorrection", true));

    private static object CreditNote(string number, string amount, string of) =>
        With(Invoice(number, amount), ("kind", "creditNote"), ("precedingInvoice", of));

    private IReadOnlyList<(string Subject, string Plain)> Letters => LettersTo("tom@amberley.example");
}
