namespace Dunning.Tests.Invoices.Formats;

/// <summary>One invoice in both syntaxes, so that a clone without the shared fixtures tests them too.</summary>
internal static class SampleXml
{
    public const string Ubl = """
        <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
          xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
          xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
          <cbc:ID>R 7</cbc:ID><cbc:IssueDate>2026-01-01+01:00</cbc:IssueDate><cbc:DueDate>2026-01-31</cbc:DueDate>
          <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
          <cbc:BuyerReference>B-1</cbc:BuyerReference>
          <cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>
          <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>R 6</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
          <cac:AccountingSupplierParty><cac:Party>
            <cac:PartyTaxScheme><cbc:CompanyID>12/345</cbc:CompanyID><cac:TaxScheme><cbc:ID>FC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
            <cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
            <cac:PartyLegalEntity><cbc:RegistrationName>Seller</cbc:RegistrationName></cac:PartyLegalEntity>
          </cac:Party></cac:AccountingSupplierParty>
          <cac:AccountingCustomerParty><cac:Party>
            <cbc:EndpointID schemeID="EM">inbox@buyer.example</cbc:EndpointID>
            <cac:PartyIdentification><cbc:ID>C-9</cbc:ID></cac:PartyIdentification>
            <cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
            <cac:PartyTaxScheme><cbc:CompanyID>DE987654321</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
            <cac:PartyLegalEntity><cbc:RegistrationName>Buyer GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
            <cac:Contact><cbc:Name>Ann</cbc:Name><cbc:Telephone>0049 (0)30 123-4567</cbc:Telephone>
              <cbc:ElectronicMail> ann@buyer.example </cbc:ElectronicMail></cac:Contact>
          </cac:Party></cac:AccountingCustomerParty>
          <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>Ref 7</cbc:PaymentID>
            <cac:PayeeFinancialAccount><cbc:ID>DE89 3704 0044 0532 0130 00</cbc:ID><cbc:Name>Seller</cbc:Name>
              <cac:FinancialInstitutionBranch><cbc:ID>COBADEFFXXX</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>
          </cac:PaymentMeans>
          <cac:PaymentTerms><cbc:Note>Pay soon</cbc:Note></cac:PaymentTerms>
          <cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">219.00</cbc:TaxInclusiveAmount>
            <cbc:PayableAmount currencyID="EUR">119.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
          <cac:InvoiceLine><cbc:InvoicedQuantity>3</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
            <cac:Item><cbc:Name>Nails</cbc:Name></cac:Item></cac:InvoiceLine>
        </Invoice>
        """;

    public const string Cii = """
        <x:CrossIndustryInvoice xmlns:x="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
          xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
          xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
          <x:ExchangedDocument><ram:ID>R 7</ram:ID><ram:TypeCode>380</ram:TypeCode>
            <ram:IssueDateTime><udt:DateTimeString format="102">20260101</udt:DateTimeString></ram:IssueDateTime></x:ExchangedDocument>
          <x:SupplyChainTradeTransaction>
            <ram:IncludedSupplyChainTradeLineItem>
              <ram:SpecifiedTradeProduct><ram:Name>Nails</ram:Name></ram:SpecifiedTradeProduct>
              <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="H87">3</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
              <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
                <ram:LineTotalAmount>100</ram:LineTotalAmount>
              </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
            </ram:IncludedSupplyChainTradeLineItem>
            <ram:ApplicableHeaderTradeAgreement>
              <ram:BuyerReference>B-1</ram:BuyerReference>
              <ram:SellerTradeParty><ram:ID>S-1</ram:ID><ram:Name>Seller</ram:Name>
                <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">12/345</ram:ID></ram:SpecifiedTaxRegistration>
                <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
              <ram:BuyerTradeParty><ram:ID>C-9</ram:ID><ram:Name>Buyer GmbH</ram:Name>
                <ram:DefinedTradeContact><ram:PersonName>Ann</ram:PersonName>
                  <ram:TelephoneUniversalCommunication><ram:CompleteNumber>+49 (0)30 123-4567</ram:CompleteNumber></ram:TelephoneUniversalCommunication>
                  <ram:EmailURIUniversalCommunication><ram:URIID>ann@buyer.example</ram:URIID></ram:EmailURIUniversalCommunication>
                </ram:DefinedTradeContact>
                <ram:PostalTradeAddress><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
                <ram:URIUniversalCommunication><ram:URIID schemeID="EM">inbox@buyer.example</ram:URIID></ram:URIUniversalCommunication>
                <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE987654321</ram:ID></ram:SpecifiedTaxRegistration></ram:BuyerTradeParty>
              <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-1</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
            </ram:ApplicableHeaderTradeAgreement>
            <ram:ApplicableHeaderTradeSettlement>
              <ram:PaymentReference>Ref 7</ram:PaymentReference><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
              <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode>
                <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE89370400440532013000</ram:IBANID><ram:AccountName>Seller</ram:AccountName>
                </ram:PayeePartyCreditorFinancialAccount>
                <ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>COBADEFFXXX</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>
              </ram:SpecifiedTradeSettlementPaymentMeans>
              <ram:SpecifiedTradePaymentTerms><ram:Description>Pay soon</ram:Description>
                <ram:DueDateDateTime><udt:DateTimeString format="102">20260131</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
              <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>219.00</ram:GrandTotalAmount>
                <ram:DuePayableAmount>119.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
              <ram:InvoiceReferencedDocument><ram:IssuerAssignedID>R 6</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>
            </ram:ApplicableHeaderTradeSettlement>
          </x:SupplyChainTradeTransaction>
        </x:CrossIndustryInvoice>
        """;
}
