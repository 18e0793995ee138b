using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>The words for ways to pay, for messages and pages alike.</summary>
internal static class PaymentWords
{
    /// <summary>How a link to pay is called where there are several.</summary>
    public static string TextOf(PaymentLink link, Language language) =>
        link.Label
        ?? language.Labels[
            link.Method switch
            {
                PaymentMethod.Card => LabelKey.PayCard,
                PaymentMethod.PayPal => LabelKey.PayPayPal,
                PaymentMethod.Bank => LabelKey.PayBank,
                PaymentMethod.Wallet => LabelKey.PayWallet,
                _ => LabelKey.PayOther,
            }
        ];

    /// <summary>An account without an IBAN, in its country's terms where the country is known.</summary>
    public static IEnumerable<(string Label, string Value)> PartsOf(BankTransfer account, Language language)
    {
        if (account.NationalAccount is { } national)
            return national.Parts.Select(part => (part.Label, part.Value));
        List<(string, string)> parts = [];
        if (account is { Iban: null, AccountNumber: { Length: > 0 } number })
            parts.Add((language.Labels[LabelKey.AccountNumber], number));
        if (account is { Iban: null, BankCode: { } code })
            parts.Add((language.Labels[LabelKey.BankCode], code));
        return parts;
    }
}
