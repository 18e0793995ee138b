using System.Text;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Receivables;

namespace Dunning.Tests.Invoices.Formats;

public sealed class XmlInvoiceTests
{
    [Theory]
    [InlineData(SampleXml.Ubl, "ubl")]
    [InlineData(SampleXml.Cii, "cii")]
    public void Both_syntaxes_say_the_same(string xml, string source)
    {
        var invoice = Accepted(xml);

        Assert.Equal((source, "R 7", "DE123456789/2026/R 7"), (invoice.Source, invoice.Number, invoice.ExternalId));
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31)), (invoice.IssueDate, invoice.DueDate));
        Assert.Equal((new Money(11900, "EUR"), new Money(21900, "EUR")), (invoice.AmountDue, invoice.AmountTotal));
        Assert.Equal(
            ("PO-1", "B-1", "R 6", "Pay soon"),
            (invoice.OrderReference, invoice.BuyerReference, invoice.PrecedingInvoice, invoice.PaymentTermsText)
        );
        Assert.Equal(new BankTransfer("DE89370400440532013000", "COBADEFFXXX", "Ref 7", "Seller"), invoice.Payment);
        Assert.Equal(new InvoiceLine("Nails", "3", new Money(10000, "EUR")), Assert.Single(invoice.Lines));
        Assert.Null(invoice.PaymentUrl);
        Assert.Equivalent(
            new CustomerDocument
            {
                ExternalId = "C-9",
                Name = "Buyer GmbH",
                Email = "ann@buyer.example",
                Phone = "+49301234567",
                Country = "DE",
                TaxId = "DE987654321",
                Contacts = [new Contact("Ann", "ann@buyer.example", "+49301234567", null, false)],
                SuggestedEmail = "inbox@buyer.example",
            },
            invoice.Customer,
            strict: true
        );
    }

    [Theory]
    [InlineData(SampleXml.Ubl, ">380<", ">381<")]
    [InlineData(SampleXml.Cii, ">380<", ">381<")]
    [InlineData(SampleXml.Ubl, ">119.00<", ">-119.00<")]
    [InlineData(SampleXml.Cii, ">119.00<", ">-119.00<")]
    public void Type_381_and_negative_amounts_are_credits(string xml, string old, string changed) =>
        Assert.Equal(InvoiceKind.CreditNote, Accepted(xml.Replace(old, changed, StringComparison.Ordinal)).Kind);

    [Fact]
    public void A_credit_note_has_its_due_date_with_the_payment_means()
    {
        var note = Accepted(
            SampleXml
                .Ubl.Replace("Invoice-2", "CreditNote-2", StringComparison.Ordinal)
                .Replace("<Invoice ", "<CreditNote ", StringComparison.Ordinal)
                .Replace("</Invoice>", "</CreditNote>", StringComparison.Ordinal)
                .Replace("InvoiceTypeCode>", "CreditNoteTypeCode>", StringComparison.Ordinal)
                .Replace("<cbc:DueDate>2026-01-31</cbc:DueDate>", "", StringComparison.Ordinal)
                .Replace(
                    "<cac:PaymentMeans>",
                    "<cac:PaymentMeans><cbc:PaymentDueDate>2026-02-15</cbc:PaymentDueDate>",
                    StringComparison.Ordinal
                )
        );

        Assert.Equal((InvoiceKind.CreditNote, new DateOnly(2026, 2, 15)), (note.Kind, note.DueDate));
    }

    [Fact]
    public void Nothing_payable_is_settled() =>
        Assert.Equal(
            SourceStatus.Paid,
            Accepted(SampleXml.Cii.Replace(">119.00<", ">0.00<", StringComparison.Ordinal)).Status
        );

    [Fact]
    public void Of_several_due_dates_the_last_counts_and_that_is_said()
    {
        const string terms = "<ram:SpecifiedTradePaymentTerms>";
        var reading = Read(
            SampleXml.Cii.Replace(
                terms,
                terms
                    + "<ram:DueDateDateTime><udt:DateTimeString format=\"102\">20260115</udt:DateTimeString>"
                    + "</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"
                    + terms,
                StringComparison.Ordinal
            )
        );

        Assert.Equal(new DateOnly(2026, 1, 31), reading.Document!.DueDate);
        Assert.Contains("several due dates", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">0049 (0)30 123-4567<", ">030 1234567<", "#/customer/phone was left out")]
    [InlineData(">DE89 3704 0044 0532 0130 00<", ">DE89 3704 0044 0532 0130 01<", "#/payment/iban was left out")]
    [InlineData(">219.00<", ">118.99<", "#/amountTotal was left out")]
    [InlineData("2026-01-31", "2025-12-31", "#/dueDate: 2025-12-31 is before issueDate")]
    [InlineData("ann@buyer.example", "n/a", "#/customer/email was left out")]
    [InlineData("ann@buyer.example", "a@x.example&#13;&#10;Bcc: b@x.example", "#/customer/email was left out")]
    public void Invalid_optional_data_are_omitted_with_a_warning(string old, string changed, string warning) =>
        Assert.StartsWith(
            warning,
            Assert.Single(Read(SampleXml.Ubl.Replace(old, changed, StringComparison.Ordinal)).Warnings),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("currencyID=\"EUR\">119", "currencyID=\"USD\">119", "#/amountDue", "currency_mismatch")]
    [InlineData("2026-01-31", "2026-02-30", "#/dueDate", "not_a_date")]
    [InlineData("Buyer GmbH", " ", "#/customer/name", "required")]
    [InlineData(">119.00<", ">1.19e2<", "#/amountDue", "not_a_decimal")]
    public void A_wrong_value_is_reported_by_the_names_of_the_json_contract(
        string old,
        string changed,
        string where,
        string code
    ) =>
        Assert.Equal(
            (where, code),
            Assert.Single(
                Read(SampleXml.Ubl.Replace(old, changed, StringComparison.Ordinal))
                    .Problems.Select(problem => (problem.Pointer, problem.Code))
            )
        );

    [Fact]
    public void An_empty_document_lacks_everything_at_once() =>
        Assert.Equal(
            ["#/currency", "#/number", "#/issueDate", "#/amountDue", "#/externalId", "#/customer/name"],
            Read($"<Invoice xmlns=\"{UblInvoice.InvoiceNamespace}\"/>").Problems.Select(problem => problem.Pointer)
        );

    [Theory]
    [InlineData("<invoice/>", 422, "unsupported-document")]
    [InlineData(
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-1\"/>",
        422,
        "unsupported-document"
    )]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"secret\">]><a>&x;</a>", 400, "malformed-xml")]
    [InlineData("<a>secret", 400, "malformed-xml")]
    [InlineData("{}", 400, "malformed-xml")]
    public void Other_documents_are_refused(string xml, int status, string problem)
    {
        var refusal = Assert.Throws<UnreadableDocumentException>(() => Read(xml));

        Assert.Equal((status, problem), (refusal.Status, refusal.Problem));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_seller_name_still_makes_an_external_id_of_its_own()
    {
        var ids = new[] { "a", "b" }
            .Select(end => EInvoiceId.Create(new string('s', 300) + end, new(2026, 1, 1), new string('n', 64)))
            .ToList();

        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(ids, id => Assert.True(id.Length <= 128));
    }

    private static InvoiceDocument Accepted(string xml)
    {
        var reading = Read(xml);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    private static InvoiceReading Read(string xml) =>
        XmlInvoice.Read(StrictXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml))));
}
