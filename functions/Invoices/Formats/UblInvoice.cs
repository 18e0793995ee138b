using System.Xml;

namespace Dunning.Invoices.Formats;

/// <summary>
/// UBL 2.1 as EN 16931 uses it (Peppol BIS Billing 3.0, XRechnung); BT numbers are those of the standard.
/// </summary>
internal static class UblInvoice
{
    public const string InvoiceNamespace = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    public const string CreditNoteNamespace = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

    private const string SellerParty = "cac:AccountingSupplierParty/cac:Party";
    private const string VatId = "cac:PartyTaxScheme[normalize-space(cac:TaxScheme/cbc:ID)='VAT']/cbc:CompanyID";

    public static readonly EInvoiceSyntax Syntax = new()
    {
        Source = "ubl",
        Prefixes = Prefixes(),
        Number = "cbc:ID", // BT-1
        TypeCode = "cbc:InvoiceTypeCode else cbc:CreditNoteTypeCode", // BT-3
        IssueDate = "cbc:IssueDate", // BT-2
        // BT-9; a credit note has only the second. National profiles of UBL 2.1 use the others.
        DueDate =
            "cbc:DueDate else cac:PaymentMeans/cbc:PaymentDueDate else cac:PaymentTerms/cbc:PaymentDueDate else "
            + "cac:PaymentTerms/cbc:InstallmentDueDate else "
            + "cac:PaymentTerms[not(cbc:SettlementDiscountPercent)]/cac:SettlementPeriod/cbc:EndDate",
        Currency = "cbc:DocumentCurrencyCode", // BT-5
        AmountDue = "cac:LegalMonetaryTotal/cbc:PayableAmount", // BT-115
        AmountTotal = "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", // BT-112
        OrderReference = "cac:OrderReference/cbc:ID", // BT-13
        BuyerReference = "cbc:BuyerReference", // BT-10
        PrecedingInvoice = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", // BT-25
        PaymentTerms = "cac:PaymentTerms/cbc:Note", // BT-20
        Term = "cac:PaymentTerms",
        TermParts = new()
        {
            Note = "cbc:Note",
            DueDate = "cbc:InstallmentDueDate else cbc:PaymentDueDate",
            Amount = "cbc:Amount",
            Percent = "cbc:PaymentPercent",
            DiscountPercent = "cbc:SettlementDiscountPercent",
            DiscountAmount = "cbc:SettlementDiscountAmount",
            DiscountBase = "cbc:Amount",
            DiscountUntil = "cac:SettlementPeriod/cbc:EndDate",
            DiscountDays = "cac:SettlementPeriod/cbc:DurationMeasure[@unitCode='D' or @unitCode='DAY']",
            DiscountFrom = "cac:SettlementPeriod/cbc:StartDate",
        },
        // BT-119, BT-116, BT-117
        Tax = "cac:TaxTotal/cac:TaxSubtotal",
        TaxParts = new(Rate: "cac:TaxCategory/cbc:Percent", Net: "cbc:TaxableAmount", Tax: "cbc:TaxAmount"),
        // BT-81, BT-91, BT-89, BT-90
        Means = "cac:PaymentMeans",
        MeansParts = new(
            Code: "cbc:PaymentMeansCode",
            PayerAccount: "cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID"
        ),
        Mandate = "cac:PaymentMeans/cac:PaymentMandate/cbc:ID",
        CreditorId =
            $"{SellerParty}/cac:PartyIdentification/cbc:ID[@schemeID='SEPA'] else "
            + "cac:PayeeParty/cac:PartyIdentification/cbc:ID[@schemeID='SEPA']",
        Remittance = "cac:PaymentMeans/cbc:PaymentID", // BT-83
        // BT-31, BT-30, BT-29 (scheme SEPA is the creditor id BT-90 instead), BT-27, BT-28
        Seller =
            $"{SellerParty}/{VatId} else {SellerParty}/cac:PartyLegalEntity/cbc:CompanyID else "
            + $"{SellerParty}/cac:PartyIdentification/cbc:ID[not(@schemeID='SEPA')] else "
            + $"{SellerParty}/cac:PartyLegalEntity/cbc:RegistrationName else "
            + $"{SellerParty}/cac:PartyName/cbc:Name",
        SellerCountry = $"{SellerParty}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", // BT-40
        Buyer = "cac:AccountingCustomerParty/cac:Party",
        Party = new()
        {
            Id = "cac:PartyIdentification/cbc:ID", // BT-46
            Name = "cac:PartyLegalEntity/cbc:RegistrationName else cac:PartyName/cbc:Name", // BT-44, BT-45
            TaxId = VatId, // BT-48
            Country = "cac:PostalAddress/cac:Country/cbc:IdentificationCode", // BT-55
            // BT-50, BT-51, BT-53, BT-52, BT-54
            Address = new(
                Line1: "cac:PostalAddress/cbc:StreetName",
                Line2: "cac:PostalAddress/cbc:AdditionalStreetName",
                PostalCode: "cac:PostalAddress/cbc:PostalZone",
                City: "cac:PostalAddress/cbc:CityName",
                Region: "cac:PostalAddress/cbc:CountrySubentity"
            ),
            ContactName = "cac:Contact/cbc:Name", // BT-56
            Phone = "cac:Contact/cbc:Telephone", // BT-57
            Email = "cac:Contact/cbc:ElectronicMail", // BT-58
            EmailEndpoint = "cbc:EndpointID[@schemeID='EM']", // BT-49
        },
        Account = "cac:PaymentMeans/cac:PayeeFinancialAccount",
        // BT-84, BT-86, BT-85
        AccountParts = new(
            Iban: "cbc:ID",
            Number: "cbc:ID",
            Bic: "cac:FinancialInstitutionBranch/cac:FinancialInstitution/cbc:ID else "
                + "cac:FinancialInstitutionBranch/cbc:ID",
            Name: "cbc:Name",
            Reference: "../cbc:PaymentID"
        ),
        Attachment = "cac:AdditionalDocumentReference",
        // BT-122, BT-123, BT-125
        AttachmentParts = new(
            Id: "cbc:ID",
            Description: "cbc:DocumentDescription",
            Content: "cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
        ),
        Line = "cac:InvoiceLine | cac:CreditNoteLine",
        // BT-153, BT-129, BT-131
        LineParts = new(
            Description: "cac:Item/cbc:Name",
            Quantity: "cbc:InvoicedQuantity else cbc:CreditedQuantity",
            Amount: "cbc:LineExtensionAmount"
        ),
    };

    private static XmlNamespaceManager Prefixes()
    {
        var prefixes = new XmlNamespaceManager(new NameTable());
        prefixes.AddNamespace("cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2");
        prefixes.AddNamespace("cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");
        return prefixes;
    }
}
