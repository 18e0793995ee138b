namespace Dunning.Tests.Local;

/// <summary>
/// The time limit for something that should happen immediately: long enough for a slow machine, so that a test does not
/// hang.
/// </summary>
public static class TestTimeout
{
    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
