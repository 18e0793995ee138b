using System.Text.RegularExpressions;

namespace Dunning.Policies;

/// <summary>
/// Malaysia forbids links, and numbers to call back, in text messages since 1 September 2024 (rule of the
/// communications commission MCMC); its operators block such messages.
/// </summary>
internal static partial class SmsLinks
{
    /// <param name="country">Of the customer; null where it is not known: then that of the number counts.</param>
    /// <param name="number">E.164.</param>
    public static bool AreForbidden(string? country, string number) =>
        country?.StartsWith("MY", StringComparison.Ordinal) ?? number.StartsWith("+60", StringComparison.Ordinal);

    /// <summary>A web address, or a number that begins as those of telephones do.</summary>
    public static bool AreIn(string text) => LinkOrNumber().IsMatch(text);

    [GeneratedRegex(
        @"https?://|www\.|\b[a-z0-9-]+\.(com|net|org|my|co|io|link|ly)\b|(?<![\w.,-])(\+|0|1[38]00)[\d -]{6,}\d",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex LinkOrNumber();
}
