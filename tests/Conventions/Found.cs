namespace Dunning.Tests.Conventions;

/// <summary>
/// For scans: a failure lists every find, whole, where xunit's own message shows the first few and cuts them.
/// </summary>
public static class Found
{
    public static void Nothing<T>(IEnumerable<T> finds)
    {
        T[] all = [.. finds];
        Assert.True(all.Length == 0, $"{all.Length} found:\n{string.Join('\n', all)}");
    }
}
