using Dunning.Receivables;
using static Dunning.Http.Validation.BankRules;
using static Dunning.Http.Validation.EmailRule;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.PlaceRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

internal static class EInvoiceParties
{
    public static CustomerDocument Buyer(XmlFields xml, EInvoiceSyntax syntax)
    {
        var buyer = xml.At(syntax.Buyer);
        var email = buyer.Optional("#/customer/email", syntax.Party.Email, EmailAddress);
        var phone = buyer.OptionalOrWarn("#/customer/phone", syntax.Party.Phone, WrittenPhone);
        var contact = buyer.OptionalOrWarn("#/customer/contacts/0/name", syntax.Party.ContactName, Folded(200));
        return new CustomerDocument
        {
            ExternalId = buyer.OptionalOrWarn("#/customer/externalId", syntax.Party.Id, Folded(128)),
            Name = buyer.Required("#/customer/name", syntax.Party.Name, Folded(200)),
            Email = email,
            Phone = phone,
            Country = buyer.OptionalOrWarn("#/customer/country", syntax.Party.Country, Country),
            TaxId = buyer.OptionalOrWarn("#/customer/taxId", syntax.Party.TaxId, Folded(40)),
            Contacts = contact is null ? [] : [new Contact(contact, email, phone, Role: null, Cc: false)],
            SuggestedEmail = buyer.OptionalOrWarn(
                "#/customer/suggestedEmail",
                syntax.Party.EmailEndpoint,
                EmailAddress
            ),
        };
    }

    /// <summary>
    /// The first account with a valid IBAN; null when there is neither such an account nor a reference.
    /// </summary>
    public static BankTransfer? Payment(XmlFields xml, EInvoiceSyntax syntax)
    {
        var reference = xml.OptionalOrWarn("#/payment/reference", syntax.Remittance, Folded(140));
        var account = xml.Each(syntax.Account)
            .Select(account => new BankTransfer(
                Iban: account.OptionalOrWarn("#/payment/iban", syntax.AccountParts.Iban, Iban),
                Bic: account.OptionalOrWarn("#/payment/bic", syntax.AccountParts.Bic, Bic),
                Reference: reference,
                AccountName: account.OptionalOrWarn("#/payment/accountName", syntax.AccountParts.Name, Folded(200))
            ))
            .FirstOrDefault(account => account.Iban is not null);
        return account ?? (reference is null ? null : new BankTransfer(Iban: null, Reference: reference));
    }
}
