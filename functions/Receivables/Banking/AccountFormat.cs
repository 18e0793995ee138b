using System.Text.RegularExpressions;

namespace Dunning.Receivables.Banking;

/// <summary>How an account of one scheme is read, checked and printed.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Pattern">Its groups are the parts, in the order of <paramref name="Labels"/>.</param>
/// <param name="Check">Of the parts without blanks and hyphens: lengths and check digits.</param>
/// <param name="Print">From the same parts, one for each label; null where they are printed as they are.</param>
/// <param name="Line">All printed parts in one line; null where blanks part them.</param>
internal sealed record AccountFormat(
    string Country,
    Regex Pattern,
    string[] Labels,
    Predicate<string[]> Check,
    Func<string[], string[]>? Print = null,
    string? Line = null
);
