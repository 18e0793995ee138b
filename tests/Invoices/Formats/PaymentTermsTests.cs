using System.Text;
using System.Text.Json;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Invoices.Formats;

/// <summary>
/// Discounts, parts, collection, corrections and taxes in every format (shared/fixtures/reports, sections 5, 8, 10
/// and 11, with their neighbours).
/// </summary>
public sealed class PaymentTermsTests
{
    private const string UblTerms = "<cac:PaymentTerms><cbc:Note>Pay soon</cbc:Note></cac:PaymentTerms>";

    [Theory]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2.00#\n", "2026-01-15", "2.00", null)]
    [InlineData("Danke!\n#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=100.00#\n", "2026-01-15", "2.00", "100.00")]
    public void Skonto_is_read_from_the_terms_of_both_syntaxes(string note, string until, string percent, string? basis)
    {
        foreach (var xml in new[] { Ubl(Note(note)), Cii(Description(note)) })
        {
            var discount = Assert.Single(Accepted(xml).Discounts!);
            Assert.Equal((Day(until), decimal.Parse(percent, null)), (discount.Until, discount.Percent));
            Assert.Equal(basis, discount.Base?.ToDecimalString());
        }
    }

    [Theory]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2#")]
    [InlineData("#SKONTO#TAGE=14#PROZENT=2,00#")]
    [InlineData("#SKONTO#TAGE=x#PROZENT=2.00#")]
    public void Skonto_that_breaks_the_rule_is_left_out_with_a_warning(string note)
    {
        var reading = Read(Ubl(Note(note)));

        Assert.Null(reading.Document!.Discounts);
        Assert.Contains(reading.Warnings, w => w.StartsWith("#/discounts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10 Tage 3% Skonto, 30 Tage netto")]
    [InlineData("#VERZUG#TAGE=14#PROZENT=2.00#")]
    [InlineData("#SKONTO#TAGE=30#PROZENT=0.00#")]
    public void Other_words_are_never_parsed(string note) =>
        Assert.Equal((null, 0), (Read(Ubl(Note(note))).Document!.Discounts, Read(Ubl(Note(note))).Warnings.Count));

    [Fact]
    public void Structured_discounts_of_both_syntaxes_and_of_JSON_say_the_same()
    {
        var ubl = Accepted(
            Ubl(
                "<cac:PaymentTerms><cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent>"
                    + "<cac:SettlementPeriod><cbc:EndDate>2026-01-15</cbc:EndDate></cac:SettlementPeriod>"
                    + "</cac:PaymentTerms>"
            )
        );
        var cii = Accepted(
            Cii(
                Description(
                    "Skonto",
                    "<ram:ApplicableTradePaymentDiscountTerms><ram:BasisPeriodMeasure unitCode=\"DAY\">14"
                        + "</ram:BasisPeriodMeasure><ram:CalculationPercent>2</ram:CalculationPercent>"
                        + "</ram:ApplicableTradePaymentDiscountTerms>"
                )
            )
        );
        var json = Json("""{"discounts":[{"percent":"2","until":"2026-01-15"}]}""").Document!;

        Assert.All(
            [ubl, cii, json],
            document =>
                Assert.Equal(new Discount(Day("2026-01-15")) { Percent = 2 }, Assert.Single(document.Discounts!))
        );
        // The end of the discount is no due date.
        Assert.Equal(Day("2026-01-31"), ubl.DueDate);
    }

    [Fact]
    public void Parts_of_both_syntaxes_and_of_JSON_say_the_same()
    {
        var ubl = Accepted(
            Ubl(
                "<cac:PaymentTerms><cbc:PaymentPercent>50.4202</cbc:PaymentPercent>"
                    + "<cbc:InstallmentDueDate>2026-01-31</cbc:InstallmentDueDate></cac:PaymentTerms>"
                    + "<cac:PaymentTerms><cbc:Amount currencyID=\"EUR\">59.00</cbc:Amount>"
                    + "<cbc:InstallmentDueDate>2026-02-28</cbc:InstallmentDueDate></cac:PaymentTerms>"
            )
        );
        var cii = Accepted(Cii(Part("20260131", "60.00") + Part("20260228", "59.00")));
        var json = Json(
            """
            {"instalments":[{"amount":"60.00","dueDate":"2026-01-31"},{"amount":"59.00","dueDate":"2026-02-28"}]}
            """
        ).Document!;

        Assert.All(
            [ubl, cii, json],
            document =>
                Assert.Equal(
                    [
                        new Instalment(Eur(60_00)) { DueDate = Day("2026-01-31") },
                        new Instalment(Eur(59_00)) { DueDate = Day("2026-02-28") },
                    ],
                    document.Instalments
                )
        );
    }

    [Fact]
    public void Parts_of_an_e_invoice_that_are_not_the_amount_are_left_out_and_the_latest_date_is_used()
    {
        var reading = Read(Cii(Part("20260131", "60.00") + Part("20260228", "58.00")));

        Assert.Equal((null, Day("2026-02-28")), (reading.Document!.Instalments, reading.Document.DueDate));
        Assert.Contains(reading.Warnings, w => w.StartsWith("#/instalments were left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("49", CollectionMethod.DirectDebit)]
    [InlineData("59", CollectionMethod.DirectDebit)]
    [InlineData("48", CollectionMethod.Card)]
    [InlineData("54", CollectionMethod.Card)]
    [InlineData("55", CollectionMethod.Card)]
    [InlineData("30", null)]
    [InlineData("58", null)]
    public void What_the_creditor_collects_follows_from_the_means_of_payment(string code, CollectionMethod? method)
    {
        Assert.Equal(
            method,
            Accepted(SampleXml.Ubl.Replace(">58<", $">{code}<", StringComparison.Ordinal)).Collection?.Method
        );
        Assert.Equal(
            method,
            Accepted(SampleXml.Cii.Replace(">58<", $">{code}<", StringComparison.Ordinal)).Collection?.Method
        );
    }

    [Fact]
    public void Of_several_means_the_collection_counts_and_that_is_said()
    {
        var reading = Read(
            SampleXml.Ubl.Replace(
                UblTerms,
                "<cac:PaymentMeans><cbc:PaymentMeansCode>59</cbc:PaymentMeansCode><cac:PaymentMandate>"
                    + "<cbc:ID>M-7</cbc:ID><cac:PayerFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID>"
                    + "</cac:PayerFinancialAccount></cac:PaymentMandate></cac:PaymentMeans>"
                    + UblTerms,
                StringComparison.Ordinal
            )
        );

        Assert.Equal(
            new CollectionTerms(CollectionMethod.DirectDebit) { MandateId = "M-7", AccountEnding = "3000" },
            reading.Document!.Collection
        );
        Assert.Contains(reading.Warnings, w => w.StartsWith("#/collection", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SampleXml.Ubl)]
    [InlineData(SampleXml.Cii)]
    public void A_corrected_invoice_replaces_the_one_that_it_names(string xml)
    {
        var corrected = Accepted(xml.Replace(">380<", ">384<", StringComparison.Ordinal));

        Assert.Equal(
            (true, "R 6", InvoiceKind.Invoice),
            (corrected.IsCorrection, corrected.PrecedingInvoice, corrected.Kind)
        );
        Assert.Null(Accepted(xml).IsCorrection);
    }

    [Fact]
    public void Taxes_of_both_syntaxes_are_read_per_rate()
    {
        var ubl = Accepted(
            SampleXml.Ubl.Replace(
                "<cac:LegalMonetaryTotal>",
                "<cac:TaxTotal><cac:TaxSubtotal><cbc:TaxableAmount currencyID=\"EUR\">100.00</cbc:TaxableAmount>"
                    + "<cbc:TaxAmount currencyID=\"EUR\">19.00</cbc:TaxAmount><cac:TaxCategory>"
                    + "<cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
                    + "<cac:LegalMonetaryTotal>",
                StringComparison.Ordinal
            )
        );
        var cii = Accepted(
            Cii(
                "<ram:ApplicableTradeTax><ram:CalculatedAmount>19.00</ram:CalculatedAmount>"
                    + "<ram:BasisAmount>100.00</ram:BasisAmount>"
                    + "<ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
                    + Description("Pay soon")
            )
        );

        Assert.All(
            [ubl, cii],
            document => Assert.Equal(new TaxShare(19, Eur(100_00), Eur(19_00)), Assert.Single(document.Taxes!))
        );
    }

    [Theory]
    [InlineData("""{"discounts":[{"until":"2026-01-15"}]}""", "#/discounts/0/percent")]
    [InlineData("""{"discounts":[{"percent":"2","amount":"1","until":"2026-01-15"}]}""", "#/discounts/0/percent")]
    [InlineData("""{"discounts":[{"percent":"101","until":"2026-01-15"}]}""", "#/discounts/0/percent")]
    [InlineData("""{"discounts":[{"percent":"2"}]}""", "#/discounts/0/until")]
    [InlineData("""{"instalments":[{"amount":"119.00"}]}""", "#/instalments/0/dueDate")]
    [InlineData(
        """{"instalments":[{"amount":"119.00","dueDate":"2026-01-31","milestone":"x"}]}""",
        "#/instalments/0/dueDate"
    )]
    [InlineData("""{"instalments":[{"amount":"118.00","dueDate":"2026-01-31"}]}""", "#/instalments")]
    [InlineData("""{"instalments":[{"amount":"0","dueDate":"2026-01-31"}]}""", "#/instalments/0/amount")]
    [InlineData("""{"collection":{"method":"cheque"}}""", "#/collection/method")]
    [InlineData("""{"taxes":[{"rate":"19","net":"100.00"}]}""", "#/taxes/0/tax")]
    [InlineData("""{"isCorrection":"perhaps"}""", "#/isCorrection")]
    public void A_wrong_field_of_JSON_is_named(string fields, string pointer) =>
        Assert.Contains(pointer, Json(fields).Problems.Select(problem => problem.Pointer));

    private static string Note(string text) => $"<cac:PaymentTerms><cbc:Note>{text}</cbc:Note></cac:PaymentTerms>";

    private static string Description(string text, string more = "") =>
        $"<ram:SpecifiedTradePaymentTerms><ram:Description>{text}</ram:Description>{more}"
        + "</ram:SpecifiedTradePaymentTerms>";

    private static string Part(string due, string amount) =>
        $"<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format=\"102\">{due}"
        + $"</udt:DateTimeString></ram:DueDateDateTime><ram:PartialPaymentAmount>{amount}</ram:PartialPaymentAmount>"
        + "</ram:SpecifiedTradePaymentTerms>";

    private static string Ubl(string terms) => Replace(SampleXml.Ubl, UblTerms, terms);

    private static string Cii(string terms)
    {
        var start = SampleXml.Cii.IndexOf("<ram:SpecifiedTradePaymentTerms>", StringComparison.Ordinal);
        const string end = "</ram:SpecifiedTradePaymentTerms>";
        var stop = SampleXml.Cii.IndexOf(end, StringComparison.Ordinal) + end.Length;
        return SampleXml.Cii[..start] + terms + SampleXml.Cii[stop..];
    }

    private static string Replace(string text, string old, string changed)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, changed, StringComparison.Ordinal);
    }

    private static InvoiceReading Read(string xml) =>
        XmlInvoice.Read(StrictXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml))));

    private static InvoiceDocument Accepted(string xml)
    {
        var reading = Read(xml);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    private static InvoiceReading Json(string fields)
    {
        const string invoice = """
            "externalId":"1","number":"1","issueDate":"2026-01-01","currency":"EUR","amountDue":"119.00",
            "customer":{"name":"Buyer"},
            """;
        using var json = JsonDocument.Parse("{" + invoice + fields[1..]);
        return JsonInvoice.Read(json.RootElement);
    }
}
