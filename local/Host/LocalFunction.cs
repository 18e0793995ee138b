using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Local;

/// <summary>A method with [Function] and its trigger.</summary>
public abstract record LocalFunction(string Name, MethodInfo Method)
{
    public Type Class => Method.DeclaringType!;
}

/// <param name="Methods">Upper case; empty for all methods.</param>
/// <param name="Route">Below /api, without a leading slash.</param>
public sealed record HttpFunction(
    string Name,
    MethodInfo Method,
    AuthorizationLevel Level,
    IReadOnlyList<string> Methods,
    string Route
) : LocalFunction(Name, Method);

/// <param name="Schedule">NCRONTAB with six fields (seconds first), in UTC.</param>
public sealed record TimerFunction(string Name, MethodInfo Method, string Schedule) : LocalFunction(Name, Method);

/// <param name="Connection">Name of the setting that holds the storage connection string.</param>
public sealed record QueueFunction(string Name, MethodInfo Method, string Queue, string Connection)
    : LocalFunction(Name, Method);
