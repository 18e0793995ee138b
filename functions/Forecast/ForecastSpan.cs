namespace Dunning.Forecast;

/// <summary>The span that a forecast covers, both ends included; UTC.</summary>
public sealed record ForecastSpan(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>All sending is stopped: nothing goes out, whatever falls due.</summary>
    public bool IsSendingStopped { get; init; }

    public static ForecastSpan OfDays(DateTimeOffset now, int days) => new(now, now.AddDays(days));
}
