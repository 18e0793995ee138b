using System.Collections.Frozen;

namespace Dunning.Invoices.Formats;

internal static class TypeCodes
{
    /// <summary>The codes of UNTDID 1001 that EN 16931 treats as credit notes; nearly all real ones are 381.</summary>
    private static readonly FrozenSet<string> _credits = "81 83 261 262 296 308 381 396 420 458 532"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool IsCredit(string? typeCode) => typeCode is not null && _credits.Contains(typeCode);
}
