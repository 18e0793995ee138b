using System.Text.RegularExpressions;

namespace Dunning.Receivables.Banking;

/// <summary>How a reference of one scheme is read, checked and printed.</summary>
/// <param name="Name">As payers know it in their bank.</param>
/// <param name="Pattern">Of the text in upper case and without blanks.</param>
/// <param name="Canonical">Builds the canonical form from the groups of <paramref name="Pattern"/>.</param>
/// <param name="Check">Of the canonical form; null where the scheme has no check digit.</param>
/// <param name="Print">From the canonical form; null where it is printed as it is.</param>
internal sealed record ReferenceFormat(
    string Name,
    Regex Pattern,
    string Canonical = "$0",
    Predicate<string>? Check = null,
    Func<string, string>? Print = null
);
