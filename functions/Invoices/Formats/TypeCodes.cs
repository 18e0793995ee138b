using System.Collections.Frozen;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

internal static class TypeCodes
{
    /// <summary>The codes of UNTDID 1001 that EN 16931 treats as credit notes; nearly all real ones are 381.</summary>
    private static readonly FrozenSet<string> _credits = "81 83 261 262 296 308 381 396 420 458 532"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Documents of UNTDID 1001 that ask for no payment: data sheet (130), order (220), order response (231),
    /// delivery note (270), offer (310), pro forma (325), despatch advice (351), information for accounting (751),
    /// consular (870) and customs invoice (935). Prepayment (386) and partial (326) invoices are claims.
    /// </summary>
    private static readonly FrozenSet<string> _noClaims = "130 220 231 270 310 325 351 751 870 935"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool IsNoClaim(string? typeCode) => typeCode is not null && _noClaims.Contains(typeCode);

    /// <summary>A corrected invoice (384) takes the place of the invoice that it names.</summary>
    public static bool IsCorrection(string? typeCode) => typeCode is "384";

    /// <summary>
    /// Codes of UNTDID 4461 with which the creditor collects the money: direct debit (49), SEPA direct debit (59), and
    /// cards (48, 54 credit, 55 debit).
    /// </summary>
    public static CollectionMethod? CollectionOf(string? meansCode) =>
        meansCode switch
        {
            "49" or "59" => CollectionMethod.DirectDebit,
            "48" or "54" or "55" => CollectionMethod.Card,
            _ => null,
        };

    public static bool IsCredit(string? typeCode) => typeCode is not null && _credits.Contains(typeCode);
}
