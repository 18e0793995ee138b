namespace Dunning.Payments.Webhooks;

/// <summary>
/// The range of amounts accepted from a provider: up to more than any invoice, and small enough that the sum of
/// thousands of entries fits Int64.
/// </summary>
internal static class BookableAmount
{
    /// <summary>In minor units.</summary>
    private const long Max = 1_000_000_000_000_000;

    public static bool Allows(long minorUnits) => minorUnits is >= 0 and <= Max;
}
