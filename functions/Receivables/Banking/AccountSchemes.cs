using System.Collections.Frozen;

namespace Dunning.Receivables.Banking;

public static class AccountSchemes
{
    private const string Bankgiro = "bankgiro";
    private const string Plusgiro = "plusgiro";

    private static readonly FrozenDictionary<string, AccountScheme> _byCountry = Enum.GetValues<AccountScheme>()
        .Where(scheme => !scheme.IsGiro)
        .ToFrozenDictionary(NationalAccount.CountryOf);

    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="bankCode">Names the giro of a Swedish number, which has no bank code.</param>
    public static AccountScheme? Of(string country, string? bankCode) =>
        (country, bankCode?.ToLowerInvariant()) switch
        {
            ("SE", Bankgiro) => AccountScheme.Bankgiro,
            ("SE", Plusgiro) => AccountScheme.Plusgiro,
            _ => _byCountry.TryGetValue(country, out var scheme) ? scheme : null,
        };

    extension(AccountScheme scheme)
    {
        /// <summary>A number of a giro, which needs no bank beside it.</summary>
        public bool IsGiro => scheme is AccountScheme.Bankgiro or AccountScheme.Plusgiro;
    }
}
