namespace Dunning.Tests.Conventions;

/// <summary>Fails with the complete list of matches; xunit's own message truncates it.</summary>
public static class ScanAssert
{
    public static void Empty<T>(IEnumerable<T> matches)
    {
        T[] all = [.. matches];
        Assert.True(all.Length == 0, $"{all.Length} found:\n{string.Join('\n', all)}");
    }
}
