using System.Xml.Linq;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Invoices.Formats;

namespace Dunning.Tests.Receivables;

public sealed class PostalAddressTests
{
    private static readonly PostalAddress _buyer = new()
    {
        Line1 = "Hauptstr. 1",
        Line2 = "Hof 2",
        PostalCode = "10115",
        City = "Berlin",
        Region = "BE",
        Country = "DE",
    };

    [Theory]
    [InlineData("DE", "Hauptstr. 1|Hof 2|10115 Berlin, BE|DE")]
    [InlineData("US", "Hauptstr. 1|Hof 2|Berlin, BE 10115|US")]
    [InlineData("GB-NIR", "Hauptstr. 1|Hof 2|Berlin, BE 10115|GB")]
    [InlineData("MY-02", "Hauptstr. 1|Hof 2|10115 Berlin, BE|MY")]
    [InlineData("DE-BY", "Hauptstr. 1|Hof 2|10115 Berlin, BE|DE")]
    [InlineData("US-CA", "Hauptstr. 1|Hof 2|Berlin, BE 10115|US")]
    [InlineData(null, "Hauptstr. 1|Hof 2|10115 Berlin, BE")]
    public void The_postal_code_stands_where_the_post_of_the_country_wants_it(string? country, string lines) =>
        Assert.Equal(lines, string.Join('|', (_buyer with { Country = country }).Lines()));

    [Fact]
    public void Parts_that_are_missing_leave_no_gap() =>
        Assert.Equal(["Berlin", "DE"], new PostalAddress { City = "Berlin", Country = "DE" }.Lines());

    [Fact]
    public void JSON_UBL_and_CII_have_the_same_address()
    {
        var json = SampleJson.ReadValid(
            """
            {"customer":{"address":{"line1":"Hauptstr. 1","line2":"Hof 2","postalCode":"10115","city":"Berlin","region":"BE",
             "country":"de"}}}
            """
        );
        Assert.Equal(_buyer, json.Customer.Address);
        Assert.Equal(_buyer, Read(UblInvoice.Syntax, Ubl).Address);
        Assert.Equal(_buyer, Read(CiiInvoice.Syntax, Cii).Address);
    }

    [Fact]
    public void A_country_alone_is_no_address()
    {
        var (street, country) = (
            Ubl.IndexOf("<cbc:Street", StringComparison.Ordinal),
            Ubl.IndexOf("<cac:Country", StringComparison.Ordinal)
        );
        Assert.Null(Read(UblInvoice.Syntax, Ubl.Remove(street, country - street)).Address);
    }

    [Fact]
    public void Erasing_a_customer_erases_it() =>
        Assert.Null(
            Dunning
                .Receivables.Storage.Erasure.Erase(
                    TestData.Customer() with
                    {
                        Address = _buyer,
                        TaxId = "DE1",
                    },
                    TestData.Time("2026-03-02T09:00Z")
                )
                .Address
        );

    private const string Ubl = """
        <Invoice xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
          xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <cac:AccountingCustomerParty><cac:Party><cac:PostalAddress><cbc:StreetName>Hauptstr. 1</cbc:StreetName>
        <cbc:AdditionalStreetName>Hof 2</cbc:AdditionalStreetName><cbc:CityName>Berlin</cbc:CityName>
        <cbc:PostalZone>10115</cbc:PostalZone><cbc:CountrySubentity>BE</cbc:CountrySubentity>
        <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
        <cac:PartyLegalEntity><cbc:RegistrationName>Buyer</cbc:RegistrationName></cac:PartyLegalEntity>
        </cac:Party></cac:AccountingCustomerParty></Invoice>
        """;

    private const string Cii = """
        <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
          xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100">
        <rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty><ram:Name>Buyer</ram:Name>
        <ram:PostalTradeAddress><ram:PostcodeCode>10115</ram:PostcodeCode><ram:LineOne>Hauptstr. 1</ram:LineOne>
        <ram:LineTwo>Hof 2</ram:LineTwo><ram:CityName>Berlin</ram:CityName><ram:CountryID>DE</ram:CountryID>
        <ram:CountrySubDivisionName>BE</ram:CountrySubDivisionName></ram:PostalTradeAddress></ram:BuyerTradeParty>
        </ram:ApplicableHeaderTradeAgreement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
        """;

    private static CustomerDocument Read(EInvoiceSyntax syntax, string xml) =>
        EInvoiceParties.Buyer(
            new XmlFields(XDocument.Parse(xml).Root!, syntax.Prefixes, new Dunning.Http.Validation.ValidationErrors()),
            syntax
        );
}
