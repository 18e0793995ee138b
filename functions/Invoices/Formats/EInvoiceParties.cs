using Dunning.Receivables;
using static Dunning.Http.Validation.BankRules;
using static Dunning.Http.Validation.EmailRule;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.PlaceRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

internal static class EInvoiceParties
{
    public static CustomerDocument Buyer(XmlFields xml, EInvoiceSyntax at)
    {
        var buyer = xml.At(at.Buyer);
        var email = buyer.Optional("#/customer/email", at.Party.Email, EmailAddress);
        var phone = buyer.OptionalOrWarn("#/customer/phone", at.Party.Phone, WrittenPhone);
        var contact = buyer.OptionalOrWarn("#/customer/contacts/0/name", at.Party.ContactName, Folded(200));
        return new CustomerDocument
        {
            ExternalId = buyer.OptionalOrWarn("#/customer/externalId", at.Party.Id, Folded(128)),
            Name = buyer.Required("#/customer/name", at.Party.Name, Folded(200)),
            Email = email,
            Phone = phone,
            Country = buyer.OptionalOrWarn("#/customer/country", at.Party.Country, Country),
            TaxId = buyer.OptionalOrWarn("#/customer/taxId", at.Party.TaxId, Folded(40)),
            Contacts = contact is null ? [] : [new Contact(contact, email, phone, Role: null, Cc: false)],
            SuggestedEmail = buyer.OptionalOrWarn("#/customer/suggestedEmail", at.Party.EmailEndpoint, EmailAddress),
        };
    }

    /// <summary>The first account with a sound IBAN; null when there is neither one nor a reference to give.</summary>
    public static BankTransfer? Payment(XmlFields xml, EInvoiceSyntax at)
    {
        var reference = xml.OptionalOrWarn("#/payment/reference", at.Remittance, Folded(140));
        var account = xml.Each(at.Account)
            .Select(account => new BankTransfer(
                Iban: account.OptionalOrWarn("#/payment/iban", at.AccountParts.Iban, Iban),
                Bic: account.OptionalOrWarn("#/payment/bic", at.AccountParts.Bic, Bic),
                Reference: reference,
                AccountName: account.OptionalOrWarn("#/payment/accountName", at.AccountParts.Name, Folded(200))
            ))
            .FirstOrDefault(account => account.Iban is not null);
        return account ?? (reference is null ? null : new BankTransfer(Iban: null, Reference: reference));
    }
}
