namespace Dunning.Tests.Faults;

/// <summary>What becomes of one request on its way.</summary>
public abstract record Fate
{
    public static readonly Fate Pass = new Passes();

    /// <summary>SIGKILL for the sender, and the request is never carried out.</summary>
    public static readonly Fate DieBefore = new Dies(Carried: false);

    /// <summary>The request is carried out; SIGKILL for the sender as its answer arrives.</summary>
    public static readonly Fate DieAfter = new Dies(Carried: true);

    /// <summary>Carried out; the connection breaks before the answer.</summary>
    public static readonly Fate LoseAnswer = new Loses();

    /// <summary>Carried out; no answer until the sender gives up.</summary>
    public static readonly Fate Hang = new Hangs();

    /// <summary>A page without rows that says there are more (a table service may do that at any time).</summary>
    public static readonly Fate EmptyPage = new EmptyPages();

    public sealed record Passes : Fate;

    public sealed record Dies(bool Carried) : Fate;

    public sealed record Loses : Fate;

    public sealed record Hangs : Fate;

    public sealed record EmptyPages : Fate;

    /// <summary>Carried out; the answer takes its time.</summary>
    public sealed record Slow(TimeSpan By) : Fate;

    /// <summary>Carried out; then something else happens, and only then the answer comes.</summary>
    public sealed record Held(Func<Task> Meanwhile) : Fate;

    /// <param name="Carried">Whether it was carried out all the same.</param>
    public sealed record Answers(int Status, string ContentType, string Body, string? RetryAfter = null, bool Carried = false) : Fate;
}
