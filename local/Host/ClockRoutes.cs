using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local;

/// <summary>
/// Routes to move the clock, run a timer and run the queues: <c>/local/clock</c>, <c>/local/timers/{name}</c>,
/// <c>/local/pump</c>.
/// </summary>
internal static class ClockRoutes
{
    public static void Map(
        IEndpointRouteBuilder routes,
        MovableClock clock,
        TimerFunctions timers,
        QueueFunctions queues
    )
    {
        routes.MapGet("/local/clock", () => Show(clock));
        routes.MapPost("/local/clock", (ClockMove move) => MoveClock(clock, move));
        routes.MapPost(
            "/local/timers/{name}",
            async (string name, CancellationToken cancellationToken) => await RunAsync(timers, name, cancellationToken)
        );
        routes.MapPost(
            "/local/pump",
            async (string? only, CancellationToken cancellationToken) =>
                Results.Ok(new { ran = await queues.PumpAsync(only, cancellationToken) })
        );
    }

    private static IResult Show(MovableClock clock) =>
        Results.Ok(
            new
            {
                now = clock.GetUtcNow().UtcDateTime,
                ahead = clock.Offset.ToString("c", CultureInfo.InvariantCulture),
                frozen = clock.Frozen,
            }
        );

    private static IResult MoveClock(MovableClock clock, ClockMove move)
    {
        if (move is { Set: { } instant, Advance: null })
        {
            if (
                !DateTimeOffset.TryParse(
                    instant,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var set
                )
            )
                return Results.Problem("'set' must be an instant, for example 2026-11-30T08:00:00Z.", statusCode: 400);
            clock.SetTo(set);
        }
        else if (move is { Set: null, Advance: { } span })
        {
            if (!TimeSpan.TryParse(span, CultureInfo.InvariantCulture, out var advance) || advance < TimeSpan.Zero)
                return Results.Problem(
                    "'advance' must be a time span [days.]hours:minutes:seconds, for example 1.00:00:00.",
                    statusCode: 400
                );
            clock.Advance(advance);
        }
        else
        {
            return Results.Problem("""Send {"set":"<instant>"} or {"advance":"<span>"}.""", statusCode: 400);
        }

        return Show(clock);
    }

    private static async Task<IResult> RunAsync(TimerFunctions timers, string name, CancellationToken cancellationToken)
    {
        try
        {
            await timers.RunAsync(name, cancellationToken);
            return Results.NoContent();
        }
        catch (ArgumentException unknown) when (unknown.ParamName == "functionName")
        {
            return Results.Problem(unknown.Message, statusCode: 404);
        }
    }

    private sealed record ClockMove(string? Set, string? Advance);
}
