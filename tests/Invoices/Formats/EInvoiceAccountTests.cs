using System.Xml.Linq;
using Dunning.Invoices.Formats;
using Dunning.Receivables;

namespace Dunning.Tests.Invoices.Formats;

/// <summary>
/// Accounts without an IBAN, due dates in other places, and documents that are no claim (shared/fixtures/reports,
/// sections 6, 9 and 20).
/// </summary>
public sealed class EInvoiceAccountTests
{
    [Theory]
    [InlineData("<cbc:ID>15030123456</cbc:ID>", "15030123456", null)]
    [InlineData("<cbc:ID>5050-1055</cbc:ID>", "5050-1055", null)]
    [InlineData(
        "<cbc:ID>12345678</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>20-00-00</cbc:ID></cac:FinancialInstitutionBranch>",
        "12345678",
        "20-00-00"
    )]
    public void An_account_without_an_IBAN_is_kept_as_it_is_written(string account, string number, string? bankCode)
    {
        var bank = Read(Means(account), "").Document!.Payment!;
        Assert.Equal((null, number, bankCode, false), (bank.Iban, bank.AccountNumber, bank.BankCode, bank.IsUnusable));
    }

    [Theory]
    [InlineData("<cbc:ID>DE89370400440532013001</cbc:ID>")]
    [InlineData("<cbc:ID>see our website</cbc:ID>")]
    [InlineData("<cbc:ID>?</cbc:ID>")]
    public void An_account_that_cannot_be_read_is_no_other_account(string account)
    {
        var reading = Read(Means(account), "");
        Assert.True(reading.Document!.Payment!.IsUnusable);
        Assert.Contains(reading.Warnings, warning => warning.StartsWith("#/payment/iban", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_accounts_one_with_an_IBAN_is_taken()
    {
        var accounts = Means("<cbc:ID>12345678</cbc:ID>") + Means("<cbc:ID>DE89370400440532013000</cbc:ID>");
        Assert.Equal("DE89370400440532013000", Read(accounts, "").Document!.Payment!.Iban);
    }

    [Theory]
    [InlineData(
        "<cac:PaymentTerms><cbc:PaymentDueDate>2026-04-03</cbc:PaymentDueDate></cac:PaymentTerms>",
        "2026-04-03"
    )]
    [InlineData(
        "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentDueDate>2026-04-03</cbc:PaymentDueDate></cac:PaymentMeans>",
        "2026-04-03"
    )]
    [InlineData(
        "<cac:PaymentTerms><cbc:InstallmentDueDate>2026-04-03</cbc:InstallmentDueDate></cac:PaymentTerms>"
            + "<cac:PaymentTerms><cbc:InstallmentDueDate>2026-05-04</cbc:InstallmentDueDate></cac:PaymentTerms>",
        "2026-05-04"
    )]
    [InlineData(
        "<cac:PaymentTerms><cac:SettlementPeriod><cbc:EndDate>2026-04-03</cbc:EndDate></cac:SettlementPeriod></cac:PaymentTerms>",
        "2026-04-03"
    )]
    [InlineData("<cac:PaymentTerms><cbc:Note>30 days</cbc:Note></cac:PaymentTerms>", null)]
    public void A_due_date_is_found_wherever_UBL_has_one(string terms, string? due) =>
        Assert.Equal(due, Read(terms, "").Document!.DueDate?.ToString("yyyy-MM-dd", null));

    [Theory]
    [InlineData("325", InvoiceKind.NoClaim)]
    [InlineData("751", InvoiceKind.NoClaim)]
    [InlineData("310", InvoiceKind.NoClaim)]
    [InlineData("380", InvoiceKind.Invoice)]
    [InlineData("386", InvoiceKind.Invoice)]
    [InlineData("326", InvoiceKind.Invoice)]
    [InlineData("384", InvoiceKind.Invoice)]
    [InlineData("381", InvoiceKind.CreditNote)]
    public void A_document_that_asks_for_no_payment_is_no_claim(string code, InvoiceKind kind)
    {
        var reading = Read("", $"<cbc:InvoiceTypeCode>{code}</cbc:InvoiceTypeCode>");
        Assert.Equal(kind, reading.Document!.Kind);
        Assert.Equal(
            kind is InvoiceKind.NoClaim,
            reading.Warnings.Any(warning => warning.StartsWith("#/kind", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("SE", "5402-9681", "SE:BANKGIRO", "1230", "Bankgiro", "OCR")]
    [InlineData("SE", "286543-4", "SE:PLUSGIRO", "1230", "Plusgiro", "OCR")]
    [InlineData("NO", "86011117947", null, "602243", "Kontonummer", "KID")]
    [InlineData("NO", "60161331926819", null, "602243", null, null)]
    [InlineData("DE", "12345678", "20000000", "2100000000031394714300090", null, null)]
    public void A_national_account_is_read_by_the_rules_of_the_sellers_country_where_it_fits(
        string country,
        string number,
        string? branch,
        string reference,
        string? label,
        string? scheme
    )
    {
        var means = Means(
            $"<cbc:ID>{number}</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>{branch}</cbc:ID></cac:FinancialInstitutionBranch>",
            reference
        );
        var bank = Read(means, "", country).Document!.Payment!;

        Assert.Equal((number, label), (bank.AccountNumber, bank.NationalAccount?.Parts[0].Label));
        Assert.Equal(scheme is null ? "Reference" : $"Reference ({scheme})", bank.PaymentReference!.Label("Reference"));
    }

    [Theory]
    [InlineData("71#000000000000018", "81234567", "+71<000000000000018+81234567<", false)]
    [InlineData("73#", "81234567", "+73<+81234567<", false)]
    [InlineData("71#000000000000019", "81234567", "+71<000000000000019+81234567<", true)]
    public void A_Danish_payment_slip_names_its_creditor(string id, string creditor, string printed, bool isUnusable)
    {
        var bank = Read(Means($"<cbc:ID>{creditor}</cbc:ID>", id), "", "DK").Document!.Payment!;

        Assert.Equal((printed, isUnusable), (bank.PaymentReference!.Printed, bank.IsUnusable));
        Assert.Equal(!isUnusable, bank.NamesAccount);
    }

    [Fact]
    public void The_reference_is_the_one_beside_the_account()
    {
        var means =
            Means("<cbc:ID>5402-9681</cbc:ID>", "1230")
            + Means("<cbc:ID>DE89370400440532013000</cbc:ID>", "RF18539007547034");

        Assert.Equal("RF18539007547034", Read(means, "").Document!.Payment!.Reference);
    }

    private static string Means(string account, string? reference = null) =>
        $"<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>{reference}</cbc:PaymentID>"
        + "<cac:PayeeFinancialAccount>"
        + $"{account}</cac:PayeeFinancialAccount></cac:PaymentMeans>";

    private static InvoiceReading Read(string payment, string type, string sellerCountry = "DE") =>
        XmlInvoice.Read(
            XDocument.Parse(
                $"""
                <Invoice xmlns="{UblInvoice.InvoiceNamespace}"
                  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
                  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
                <cbc:ID>R-1</cbc:ID><cbc:IssueDate>2026-02-02</cbc:IssueDate>{type}
                <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
                <cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cac:Country>
                <cbc:IdentificationCode>{sellerCountry}</cbc:IdentificationCode>
                </cac:Country></cac:PostalAddress><cac:PartyLegalEntity>
                <cbc:RegistrationName>Seller AG</cbc:RegistrationName>
                </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
                <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
                <cbc:RegistrationName>Buyer GmbH</cbc:RegistrationName>
                </cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>{payment}
                <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">100.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
                </Invoice>
                """
            )
        );
}
