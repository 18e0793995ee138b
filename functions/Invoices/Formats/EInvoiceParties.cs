using System.Text.RegularExpressions;
using Dunning.Receivables;
using static Dunning.Http.Validation.BankRules;
using static Dunning.Http.Validation.EmailRule;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.PlaceRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

internal static partial class EInvoiceParties
{
    public static CustomerDocument Buyer(XmlFields xml, EInvoiceSyntax syntax)
    {
        var buyer = xml.At(syntax.Buyer);
        var email = buyer.OptionalOrWarn("#/customer/email", syntax.Party.Email, ContactEmail);
        var phone = buyer.OptionalOrWarn("#/customer/phone", syntax.Party.Phone, WrittenPhone);
        var country = buyer.OptionalOrWarn("#/customer/country", syntax.Party.Country, Country);
        var contact = buyer.OptionalOrWarn("#/customer/contacts/0/name", syntax.Party.ContactName, Folded(200));
        return new CustomerDocument
        {
            ExternalId = buyer.OptionalOrWarn("#/customer/externalId", syntax.Party.Id, Folded(128)),
            Name = buyer.Required("#/customer/name", syntax.Party.Name, Folded(200)),
            Email = email,
            Phone = phone,
            Country = country,
            TaxId = buyer.OptionalOrWarn("#/customer/taxId", syntax.Party.TaxId, Folded(40)),
            Address = Address(buyer, syntax.Party.Address, country),
            Contacts = contact is null ? [] : [new Contact(contact, email, phone, Role: null, Cc: false)],
            SuggestedEmail = buyer.OptionalOrWarn(
                "#/customer/suggestedEmail",
                syntax.Party.EmailEndpoint,
                ContactEmail
            ),
        };
    }

    /// <summary>Null where the document has nothing but the country.</summary>
    private static PostalAddress? Address(XmlFields buyer, AddressPaths paths, string? country)
    {
        var address = new PostalAddress
        {
            Line1 = buyer.OptionalOrWarn("#/customer/address/line1", paths.Line1, Folded(200)),
            Line2 = buyer.OptionalOrWarn("#/customer/address/line2", paths.Line2, Folded(200)),
            PostalCode = buyer.OptionalOrWarn("#/customer/address/postalCode", paths.PostalCode, Folded(20)),
            City = buyer.OptionalOrWarn("#/customer/address/city", paths.City, Folded(100)),
            Region = buyer.OptionalOrWarn("#/customer/address/region", paths.Region, Folded(100)),
        };
        return address == new PostalAddress() ? null : address with { Country = country };
    }

    /// <summary>
    /// The first account with a valid IBAN, else the first with another number. If the invoice names accounts and none
    /// can be used, the result says so (<see cref="BankTransfer.IsUnusable"/>), so that messages do not name another
    /// account. Null when there is neither account nor reference.
    /// </summary>
    public static BankTransfer? Payment(XmlFields xml, EInvoiceSyntax syntax)
    {
        var reference = xml.OptionalOrWarn("#/payment/reference", syntax.Remittance, Folded(140));
        var country = xml.Optional(syntax.SellerCountry, AccountCountry);
        var accounts = xml.Each(syntax.Account)
            .Where(account => account.Has(syntax.AccountParts.Iban) || account.Has(syntax.AccountParts.Number))
            .Select(account => DanishPaymentId(Account(account, syntax.AccountParts, reference, country)))
            .ToList();
        var payment =
            accounts.Find(account => account.Iban is not null)
            ?? accounts.Find(account => account.NamesAccount)
            ?? accounts.FirstOrDefault()
            ?? (reference is null ? null : new BankTransfer(Iban: null, Reference: reference) { Country = country });
        return payment is null ? null : BankCheck.Complete(payment, xml.Errors, "#/payment", isCountryCertain: false);
    }

    /// <summary>
    /// Peppol writes a Danish payment slip as card type, <c>#</c> and number, and the payee's creditor number as the
    /// account (Peppol BIS Billing 3.0, rules for Denmark).
    /// </summary>
    private static BankTransfer DanishPaymentId(BankTransfer account)
    {
        if (
            account is not { Country: "DK", Iban: null, AccountNumber: { } creditor, Reference: { } reference }
            || DanishPaymentIdPattern().Match(reference) is not { Success: true } id
        )
            return account;
        var slip = account with
        {
            AccountNumber = null,
            Reference = $"+{id.Groups["kind"]}<{id.Groups["number"]}+{creditor}<",
        };
        return slip.NamesAccount ? slip : slip with { AccountNumber = BankTransfer.Unusable };
    }

    private static BankTransfer Account(
        XmlFields account,
        AccountPaths paths,
        string? remittance,
        string? sellerCountry
    )
    {
        var reference = paths.Reference is null
            ? remittance
            : account.OptionalOrWarn("#/payment/reference", paths.Reference, Folded(140)) ?? remittance;
        var iban = account.Optional(paths.Iban, Iban);
        // UBL writes any account into one element; what looks like an IBAN and is wrong is no other number.
        var number =
            iban is null && account.Optional(paths.Number, AccountNumber) is { } written && !LooksLikeIban(written)
                ? written
                : null;
        if (iban is null && number is null)
            account.OptionalOrWarn("#/payment/iban", $"{paths.Iban} else {paths.Number}", Iban);
        // Beside a national number the same element may hold a sort code.
        var bic = number is null
            ? account.OptionalOrWarn("#/payment/bic", paths.Bic, Bic)
            : account.Optional(paths.Bic, Bic);
        return new BankTransfer(
            Iban: iban,
            Bic: bic,
            Reference: reference,
            AccountName: account.OptionalOrWarn("#/payment/accountName", paths.Name, Folded(200)),
            AccountNumber: number ?? (iban is null ? BankTransfer.Unusable : null),
            BankCode: number is null || bic is not null ? null : account.Optional(paths.Bic, BankCode)
        )
        {
            Country = iban is null ? sellerCountry : null,
        };
    }

    private static bool LooksLikeIban(string text) =>
        text.Length > 4 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) && char.IsAsciiDigit(text[2]);

    [GeneratedRegex(@"^(?<kind>71|73|75)#(?<number>[0-9]*)\z")]
    private static partial Regex DanishPaymentIdPattern();
}
