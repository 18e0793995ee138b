namespace Dunning.Tests.Faults;

/// <summary>What becomes of one request on its way.</summary>
public abstract record Fault
{
    public static readonly Fault Pass = new Passes();

    /// <summary>SIGKILL for the sender, and the request is never carried out.</summary>
    public static readonly Fault DieBefore = new Dies(Carried: false);

    /// <summary>The request is carried out; SIGKILL for the sender as its answer arrives.</summary>
    public static readonly Fault DieAfter = new Dies(Carried: true);

    /// <summary>Carried out; the connection breaks before the answer.</summary>
    public static readonly Fault LoseAnswer = new Loses();

    /// <summary>Carried out; no answer until the sender gives up.</summary>
    public static readonly Fault Hang = new Hangs();

    /// <summary>A page without rows that says there are more (a table service may do that at any time).</summary>
    public static readonly Fault EmptyPage = new EmptyPages();

    public sealed record Passes : Fault;

    public sealed record Dies(bool Carried) : Fault;

    public sealed record Loses : Fault;

    public sealed record Hangs : Fault;

    public sealed record EmptyPages : Fault;

    /// <summary>Carried out; the answer takes its time.</summary>
    public sealed record Slow(TimeSpan By) : Fault;

    /// <summary>Carried out; then something else happens, and only then the answer comes.</summary>
    public sealed record Held(Func<Task> Meanwhile) : Fault;

    /// <param name="Carried">Whether it was carried out all the same.</param>
    public sealed record Answers(
        int Status,
        string ContentType,
        string Body,
        string? RetryAfter = null,
        bool Carried = false
    ) : Fault;
}
