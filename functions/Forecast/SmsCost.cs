namespace Dunning.Forecast;

/// <summary>What a text message will cost, as far as it is known beforehand.</summary>
/// <param name="Segments">As many as the provider bills.</param>
/// <param name="Price">
/// For all of them, in the main unit; null where the settings name no price for the country.
/// </param>
/// <param name="Currency">ISO 4217; null with the price.</param>
public sealed record SmsCost(int Segments, decimal? Price, string? Currency);
