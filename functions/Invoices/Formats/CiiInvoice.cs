using System.Xml;

namespace Dunning.Invoices.Formats;

/// <summary>
/// UN/CEFACT CII D16B as EN 16931 uses it (Factur-X, ZUGFeRD 2, XRechnung); BT numbers are those of the standard.
/// </summary>
internal static class CiiInvoice
{
    public const string Namespace = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";

    private const string Transaction = "rsm:SupplyChainTradeTransaction";
    private const string Agreement = Transaction + "/ram:ApplicableHeaderTradeAgreement";
    private const string Settlement = Transaction + "/ram:ApplicableHeaderTradeSettlement";
    private const string Totals = Settlement + "/ram:SpecifiedTradeSettlementHeaderMonetarySummation";
    private const string SellerParty = Agreement + "/ram:SellerTradeParty";
    private const string VatId = "ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA']";
    private const string Contact = "ram:DefinedTradeContact";
    private const string Discount = "ram:ApplicableTradePaymentDiscountTerms";

    public static readonly EInvoiceSyntax Syntax = new()
    {
        Source = "cii",
        Prefixes = Prefixes(),
        Number = "rsm:ExchangedDocument/ram:ID", // BT-1
        TypeCode = "rsm:ExchangedDocument/ram:TypeCode", // BT-3
        IssueDate = "rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString", // BT-2
        DueDate = $"{Settlement}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString", // BT-9
        Currency = $"{Settlement}/ram:InvoiceCurrencyCode", // BT-5
        AmountDue = $"{Totals}/ram:DuePayableAmount", // BT-115
        AmountTotal = $"{Totals}/ram:GrandTotalAmount", // BT-112
        OrderReference = $"{Agreement}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID", // BT-13
        BuyerReference = $"{Agreement}/ram:BuyerReference", // BT-10
        PrecedingInvoice = $"{Settlement}/ram:InvoiceReferencedDocument/ram:IssuerAssignedID", // BT-25
        PaymentTerms = $"{Settlement}/ram:SpecifiedTradePaymentTerms/ram:Description", // BT-20
        Term = $"{Settlement}/ram:SpecifiedTradePaymentTerms",
        TermParts = new()
        {
            Note = "ram:Description",
            DueDate = "ram:DueDateDateTime/udt:DateTimeString",
            Amount = "ram:PartialPaymentAmount",
            Percent = "ram:PartialPaymentPercent",
            DiscountPercent = $"{Discount}/ram:CalculationPercent",
            DiscountAmount = $"{Discount}/ram:ActualDiscountAmount",
            DiscountBase = $"{Discount}/ram:BasisAmount",
            DiscountUntil = $"{Discount}/ram:DueDateDateTime/udt:DateTimeString",
            DiscountDays = $"{Discount}/ram:BasisPeriodMeasure[@unitCode='DAY']",
            DiscountFrom = $"{Discount}/ram:BasisDateTime/udt:DateTimeString",
        },
        // BT-119, BT-116, BT-117
        Tax = $"{Settlement}/ram:ApplicableTradeTax",
        TaxParts = new(Rate: "ram:RateApplicablePercent", Net: "ram:BasisAmount", Tax: "ram:CalculatedAmount"),
        // BT-81, BT-91, BT-89, BT-90
        Means = $"{Settlement}/ram:SpecifiedTradeSettlementPaymentMeans",
        MeansParts = new(Code: "ram:TypeCode", PayerAccount: "ram:PayerPartyDebtorFinancialAccount/ram:IBANID"),
        Mandate = $"{Settlement}/ram:SpecifiedTradePaymentTerms/ram:DirectDebitMandateID",
        CreditorId = $"{Settlement}/ram:CreditorReferenceID",
        Remittance = $"{Settlement}/ram:PaymentReference", // BT-83
        // BT-31, BT-30, BT-29, BT-27
        Seller =
            $"{SellerParty}/{VatId} else {SellerParty}/ram:SpecifiedLegalOrganization/ram:ID else "
            + $"{SellerParty}/ram:GlobalID else {SellerParty}/ram:ID else {SellerParty}/ram:Name",
        SellerCountry = $"{SellerParty}/ram:PostalTradeAddress/ram:CountryID", // BT-40
        Buyer = Agreement + "/ram:BuyerTradeParty",
        Party = new()
        {
            Id = "ram:ID else ram:GlobalID", // BT-46
            Name = "ram:Name else ram:SpecifiedLegalOrganization/ram:TradingBusinessName", // BT-44, BT-45
            TaxId = VatId, // BT-48
            Country = "ram:PostalTradeAddress/ram:CountryID", // BT-55
            // BT-50, BT-51, BT-53, BT-52, BT-54
            Address = new(
                Line1: "ram:PostalTradeAddress/ram:LineOne",
                Line2: "ram:PostalTradeAddress/ram:LineTwo",
                PostalCode: "ram:PostalTradeAddress/ram:PostcodeCode",
                City: "ram:PostalTradeAddress/ram:CityName",
                Region: "ram:PostalTradeAddress/ram:CountrySubDivisionName"
            ),
            ContactName = $"{Contact}/ram:PersonName else {Contact}/ram:DepartmentName", // BT-56
            Phone = $"{Contact}/ram:TelephoneUniversalCommunication/ram:CompleteNumber", // BT-57
            Email = $"{Contact}/ram:EmailURIUniversalCommunication/ram:URIID", // BT-58
            EmailEndpoint = "ram:URIUniversalCommunication/ram:URIID[@schemeID='EM']", // BT-49
        },
        Account = $"{Settlement}/ram:SpecifiedTradeSettlementPaymentMeans",
        // BT-84, BT-86, BT-85
        AccountParts = new(
            Iban: "ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
            Number: "ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID",
            Bic: "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID",
            Name: "ram:PayeePartyCreditorFinancialAccount/ram:AccountName"
        ),
        Attachment = Agreement + "/ram:AdditionalReferencedDocument",
        // BT-122, BT-123, BT-125
        AttachmentParts = new(
            Id: "ram:IssuerAssignedID",
            Description: "ram:Name",
            Content: "ram:AttachmentBinaryObject"
        ),
        Line = Transaction + "/ram:IncludedSupplyChainTradeLineItem",
        // BT-153, BT-129, BT-131
        LineParts = new(
            Description: "ram:SpecifiedTradeProduct/ram:Name",
            Quantity: "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity",
            Amount: "ram:SpecifiedLineTradeSettlement"
                + "/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
        ),
    };

    private static XmlNamespaceManager Prefixes()
    {
        var prefixes = new XmlNamespaceManager(new NameTable());
        prefixes.AddNamespace("rsm", Namespace);
        prefixes.AddNamespace(
            "ram",
            "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
        );
        prefixes.AddNamespace("udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100");
        return prefixes;
    }
}
