namespace Dunning.Receivables.Banking;

public static class AccountSchemes
{
    private const string Bankgiro = "bankgiro";
    private const string Plusgiro = "plusgiro";

    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="bankCode">Names the giro of a Swedish number, which has no bank code.</param>
    public static AccountScheme? Of(string country, string? bankCode) =>
        (country, bankCode?.ToLowerInvariant()) switch
        {
            ("SE", Bankgiro) => AccountScheme.Bankgiro,
            ("SE", Plusgiro) => AccountScheme.Plusgiro,
            _ => Enum.GetValues<AccountScheme>()
                .Where(scheme => !scheme.IsGiro && NationalAccount.CountryOf(scheme) == country)
                .Select(scheme => (AccountScheme?)scheme)
                .FirstOrDefault(),
        };

    extension(AccountScheme scheme)
    {
        /// <summary>A number of a giro, which needs no bank beside it.</summary>
        public bool IsGiro => scheme is AccountScheme.Bankgiro or AccountScheme.Plusgiro;
    }
}
