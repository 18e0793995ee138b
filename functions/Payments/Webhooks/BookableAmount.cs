namespace Dunning.Payments.Webhooks;

/// <summary>
/// What a provider may make us book: more than any invoice, and so little that thousands of entries add up within
/// Int64.
/// </summary>
internal static class BookableAmount
{
    /// <summary>Minor units.</summary>
    public const long Largest = 1_000_000_000_000_000;

    public static bool Allows(long minor) => minor is >= 0 and <= Largest;
}
