namespace Dunning.Policies.Calendars;

/// <summary>A day on which people of a region do not work, or only in the morning.</summary>
/// <param name="IsHalf">
/// People work until noon, or many are away: an eve, the days between two feasts. It is a business day, for email in
/// the morning only.
/// </param>
/// <param name="IsProvisional">The date depends on the moon, a decree or an almanac that is not out: a day off.</param>
internal sealed record Holiday(bool IsHalf = false, bool IsProvisional = false);
