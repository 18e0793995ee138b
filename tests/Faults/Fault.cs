namespace Dunning.Tests.Faults;

/// <summary>What the proxy does with one request.</summary>
public abstract record Fault
{
    public static readonly Fault None = new NoFault();

    /// <summary>Kills the host; the request is not forwarded.</summary>
    public static readonly Fault KillBefore = new Kill(IsForwarded: false);

    /// <summary>Forwards the request, then kills the host before it gets the response.</summary>
    public static readonly Fault KillAfter = new Kill(IsForwarded: true);

    /// <summary>Forwards the request, then closes the connection without a response.</summary>
    public static readonly Fault LoseResponse = new ResponseLoss();

    /// <summary>
    /// Forwards the request and holds the connection open without a response, until the client times out.
    /// </summary>
    public static readonly Fault Hang = new NoResponse();

    /// <summary>
    /// A result page without rows but with a continuation token, which the table service may return at any time.
    /// </summary>
    public static readonly Fault EmptyPage = new EmptyResultPage();

    public sealed record NoFault : Fault;

    public sealed record Kill(bool IsForwarded) : Fault;

    public sealed record ResponseLoss : Fault;

    public sealed record NoResponse : Fault;

    public sealed record EmptyResultPage : Fault;

    /// <summary>Forwards the request and delays the response.</summary>
    public sealed record Delay(TimeSpan Duration) : Fault;

    /// <summary>Forwards the request and runs an action before the response.</summary>
    public sealed record RunBeforeResponse(Func<Task> Action) : Fault;

    /// <param name="IsForwarded">Forward the request, then replace the response by this one.</param>
    public sealed record Response(
        int Status,
        string ContentType,
        string Body,
        string? RetryAfter = null,
        bool IsForwarded = false
    ) : Fault;
}
