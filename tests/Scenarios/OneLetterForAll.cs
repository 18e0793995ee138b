using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Four invoices of one customer: one in dispute, one on a plan, one with a credit note, one overdue. The one mail that
/// goes out, whole.
/// </summary>
public sealed class OneLetterForAll : Scenario
{
    [Fact]
    public async Task Each_invoice_is_asked_for_as_it_was_agreed()
    {
        var disputed = await PostInvoiceAsync(Invoice("D-1", "100.00", due: "2026-03-02"));
        await ChangeAsync(disputed, "dispute", new { reason = "broken" });
        var planned = await PostInvoiceAsync(Invoice("P-2", "300.00", due: "2026-03-02"));
        await ChangeAsync(
            planned,
            "plan",
            new
            {
                parts = 3,
                from = "2026-03-03",
                by = "Maya",
            }
        );
        await PostInvoiceAsync(Invoice("C-3", "50.00", due: "2026-03-02"));
        await PostInvoiceAsync(With(Invoice("G-9", "20.00"), ("kind", "creditNote"), ("precedingInvoice", "C-3")));
        await PostInvoiceAsync(Invoice("O-4", "80.00", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-02", "2026-03-05");

        var letter = LettersTo("tom@amberley.example")
            .Single(mail => mail.Subject.StartsWith("Reminder", StringComparison.Ordinal));
        Assert.Equal(
            """
            Hello amberley Ltd,

            We have not yet seen your payment for the invoices below that are past their due date. They may simply have slipped through.

            Amount due: GBP 210.00

            Invoices

            - Invoice C-3: GBP 30.00
              Issued: 1 Feb 2026
              Due: 2 Mar 2026 (3 days overdue)
              Paid so far: GBP 20.00

            - Invoice O-4: GBP 80.00
              Issued: 1 Feb 2026
              Due: 2 Mar 2026 (3 days overdue)

            - Invoice P-2, part 1 of 3: GBP 100.00
              Issued: 1 Feb 2026
              Due: 3 Mar 2026 (2 days overdue)
              GBP 200.00 more falls due later.
            """,
            letter.Plain[..letter.Plain.IndexOf("\n\nPay by", StringComparison.Ordinal)],
            ignoreLineEndingDifferences: true
        );
        Assert.Contains(
            "In dispute, not part of this request\n- Invoice D-1: GBP 100.00 (Due date 2 Mar 2026)",
            letter.Plain,
            StringComparison.Ordinal
        );
    }
}
