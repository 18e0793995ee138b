namespace Dunning.Tests.Local;

/// <summary>How long a test waits for what should happen at once; a machine may be slow, a test may not hang.</summary>
public static class Patience
{
    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
