using Dunning.Http.Validation;
using Dunning.Receivables;
using Dunning.Receivables.Banking;

namespace Dunning.Invoices.Formats;

/// <summary>Checks an account and a reference by the rules of the account's country.</summary>
internal static class BankCheck
{
    private static readonly FieldError _wrongReference = new(
        "reference_check_digit",
        "its check digit is wrong, so banks may refuse it: messages show it as plain text; compare it with the invoice"
    );

    /// <param name="pointer">Of the payment details.</param>
    /// <param name="isCountryCertain">
    /// False where the account's country is only the seller's: the account may be one of another country.
    /// </param>
    public static BankTransfer Complete(
        BankTransfer bank,
        ValidationErrors errors,
        string pointer,
        bool isCountryCertain
    )
    {
        if (PaymentReference.IsMistyped(bank))
            errors.Doubt($"{pointer}/reference", _wrongReference);
        if (bank is not { AccountScheme: { } scheme, AccountNumber.Length: > 0, NationalAccount: null })
            return bank;
        if (!isCountryCertain)
            return bank with { Country = null };
        errors.LeaveOut(
            $"{pointer}/accountNumber",
            new(
                "not_an_account",
                $"it is no account of {NationalAccount.CountryOf(scheme)}: compare bank code and number with the bank's"
            )
        );
        return bank with { AccountNumber = BankTransfer.Unusable, BankCode = null };
    }
}
