using Dunning.Payments.BankFiles;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Payments;

public sealed class BankMatchTests
{
    private static readonly PayableInvoice _first = Debt("i1", "INV-1", 10_000, "c1");
    private static readonly PayableInvoice _second = Debt("i2", "INV-2", 5_000, "c1");
    private static readonly PayableInvoice _other = Debt("i3", "INV-3", 10_000, "c2");

    [Theory]
    // What the reference or the text names is paid, in whole or in part.
    [InlineData(100_00, "R:1", "INV-1=100.00")]
    [InlineData(40_00, "R:1", "INV-1=40.00")]
    [InlineData(120_00, "R:1", "INV-1=120.00")]
    [InlineData(40_00, "N:1", "INV-1=40.00")]
    // More than is open of the one in the text may be a mistake or mean more.
    [InlineData(120_00, "N:1", "? INV-1")]
    // Several: only all of them together.
    [InlineData(150_00, "N:1,2", "INV-1=100.00 INV-2=50.00")]
    [InlineData(100_00, "N:1,2", "? INV-1 INV-2")]
    [InlineData(150_00, "R:1,2", "INV-1=100.00 INV-2=50.00")]
    [InlineData(50_00, "R:1,2", "? INV-1 INV-2")]
    // The payer's invoice of this amount, or all that the payer owes.
    [InlineData(50_00, "P:1,2", "INV-2=50.00")]
    [InlineData(150_00, "P:1,2", "INV-1=100.00 INV-2=50.00")]
    [InlineData(70_00, "P:1,2", "? INV-1 INV-2")]
    [InlineData(100_00, "P:1,3", "? INV-1 INV-3")]
    [InlineData(100_00, "", "?")]
    // The reference is more certain than the text, and the text than the payer.
    [InlineData(50_00, "R:1 N:2 P:2", "INV-1=50.00")]
    [InlineData(50_00, "N:1 P:2", "INV-1=50.00")]
    public void Money_is_applied_where_one_reading_is_possible(int amount, string candidates, string expected)
    {
        var reading = BankMatch.Decide(Line(amount), Candidates(candidates));

        var text =
            reading.Parts.Count > 0
                ? string.Join(' ', reading.Parts.Select(part => $"{part.Debt.Number}={part.Amount.ToDecimalString()}"))
                : string.Join(' ', reading.Suggestions.Select(debt => debt.Number).Prepend("?"));
        Assert.Equal(expected, text);
        Assert.Equal(reading.Parts.Count == 0, reading.Why is not null);
    }

    [Fact]
    public void A_payer_whose_payment_is_on_its_way_is_not_booked_by_the_amount()
    {
        var reading = BankMatch.Decide(
            Line(50_00),
            new BankCandidates([], [], [_second with { IsPaymentPending = true }])
        );

        Assert.Empty(reading.Parts);
    }

    [Fact]
    public void A_reference_that_no_invoice_has_waits_for_its_invoice_and_pays_no_other()
    {
        var reading = BankMatch.Decide(
            Line(50_00) with
            {
                Reference = "RF18539007547034",
            },
            new BankCandidates([], [], [_second])
        );

        Assert.Empty(reading.Parts);
        Assert.Empty(reading.Suggestions);
    }

    [Fact]
    public void An_invoice_in_another_currency_is_none()
    {
        var reading = BankMatch.Decide(
            Line(50_00),
            new BankCandidates([_second with { Open = new Money(50_00, "USD") }], [], [])
        );

        Assert.Empty(reading.Parts);
    }

    [Theory]
    [InlineData("Rechnung RE-2026-0042 vom 1.2.2026", "RE-2026-0042 1.2.2026")]
    [InlineData("INV-1/INV-2,INV-3", "INV-1/INV-2 INV-1 INV-2 INV-3")]
    [InlineData("(2026/17)", "2026/17 2026")]
    [InlineData("thank you very much", "")]
    [InlineData("Nr.4711 Rechnung:RE-1", "Nr.4711 4711 RE-1")]
    public void A_text_is_cut_into_what_can_be_a_number(string text, string numbers) =>
        Assert.Equal(numbers, string.Join(' ', BankText.NumbersIn(text)));

    [Theory]
    [InlineData("AMBERLEY  LTD.", "Amberley Ltd")]
    [InlineData("Müller & Söhne", "müller&söhne")]
    public void Names_that_differ_in_capitals_and_signs_are_one(string one, string other) =>
        Assert.Equal(BankText.NameKey(one), BankText.NameKey(other));

    private static BankLine Line(int amount) =>
        new(1, "b", TestData.Day("2026-03-05"), new Money(amount, "EUR"), "Amberley", null, "");

    private static BankCandidates Candidates(string text)
    {
        return new BankCandidates(Of("R"), Of("N"), Of("P"));

        PayableInvoice[] Of(string kind) =>
            text.Split(' ').FirstOrDefault(one => one.StartsWith($"{kind}:", StringComparison.Ordinal)) is { } named
                ? [.. named[2..].Split(',').Select(number => new[] { _first, _second, _other }[number[0] - '1'])]
                : [];
    }

    private static PayableInvoice Debt(string id, string number, int open, string customer) =>
        new(new InvoiceId(new CustomerId(customer), id), number, new Money(open, "EUR"), false);
}
