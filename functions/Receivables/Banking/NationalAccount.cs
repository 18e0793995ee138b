using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Receivables.Banking;

/// <summary>An account without an IBAN whose structure, and check digits if there are any, are right.</summary>
/// <param name="Parts">In the order in which the account's country writes them.</param>
public sealed record NationalAccount(AccountScheme Scheme, IReadOnlyList<AccountPart> Parts)
{
    /// <summary>In one line, as the account's country prints it.</summary>
    public string Text
    {
        get
        {
            string[] values = [.. Parts.Select(part => part.Value)];
            return AccountFormats.Of(Scheme).Line is { } line
                ? string.Format(CultureInfo.InvariantCulture, line, values)
                : string.Join(' ', values);
        }
    }

    /// <summary>
    /// Null when structure or check digit is wrong. Nothing is filled up with zeros: which end misses them is for the
    /// bank to say. The USA and India may name the bank alone.
    /// </summary>
    /// <param name="bankCode">All parts but the account number; null when those are in the number.</param>
    public static NationalAccount? Parse(AccountScheme scheme, string? bankCode, string accountNumber)
    {
        var format = AccountFormats.Of(scheme);
        if (format.Pattern.Match(Whole(format, bankCode, accountNumber)) is not { Success: true } match)
            return null;

        string[] parts = [.. match.Groups.Values.Skip(1).Where(group => group.Success).Select(Bare)];
        // Zeros alone have a valid check digit, but stand where an invoice has no account.
        return parts[^1].Trim('0') is not "" && format.Check(parts)
            ? new(scheme, [.. format.Labels.Zip(format.Print?.Invoke(parts) ?? parts, (l, v) => new AccountPart(l, v))])
            : null;
    }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public static string CountryOf(AccountScheme scheme) => AccountFormats.Of(scheme).Country;

    /// <summary>ISO 4217: the only money that such an account is sure to take.</summary>
    public static string CurrencyOf(AccountScheme scheme) => IbanRules.CurrencyOf(CountryOf(scheme))!;

    /// <summary>
    /// A tab parts the two, which neither can contain. A number that names its bank itself needs no code: one with
    /// digits says that the number is of another kind.
    /// </summary>
    private static string Whole(AccountFormat format, string? bankCode, string accountNumber) =>
        (format.Labels, OneLine(bankCode ?? ""), OneLine(accountNumber)) switch
        {
            ([_], var code, var number) when !code.Any(char.IsAsciiDigit) => number,
            (_, "", var number) => number,
            (_, var code, var number) => $"{code}\t{number}".Trim(),
        };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Without what groups the digits; names and Indian codes begin with a letter.</summary>
    private static string Bare(Group group) =>
        char.IsAsciiDigit(group.Value[0]) ? string.Concat(group.Value.Where(char.IsAsciiDigit)) : group.Value;
}
