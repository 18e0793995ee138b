using System.Text.Json.Nodes;

namespace Dunning.Tests.Simulation;

/// <summary>
/// A policy, <c>brisk</c>: one to seven steps on other days and channels than those of the default policy, at another
/// hour, with other distances. The same seed gives the same policy.
/// </summary>
internal static class RandomPolicies
{
    private static readonly string[] _early = ["upcoming", "dueToday"];
    private static readonly string[] _late = ["friendly", "helpful", "firm", "followUp", "final"];

    public static JsonObject Create(int seed)
    {
        var random = new Random(seed);
        var day = -random.Next(3, 12);
        JsonArray steps = [];
        if (random.Next(4) > 0)
            steps.Add(Step(random, _early[0], day));
        if (random.Next(3) == 0)
            steps.Add(Step(random, _early[1], 0));
        day = 0;
        foreach (var tone in _late.Where((_, i) => i == 0 || random.Next(4) > 0))
            steps.Add(Step(random, tone, day += random.Next(2, 9)));
        return new JsonObject
        {
            ["name"] = "brisk",
            ["version"] = 1,
            ["sendAt"] = $"{random.Next(8, 17):D2}:{random.Next(60):D2}",
            ["minDaysBetweenNotices"] = random.Next(1, 6),
            ["planGraceBusinessDays"] = random.Next(0, 4),
            ["steps"] = steps,
        };
    }

    private static JsonObject Step(Random random, string tone, int day)
    {
        var step = new JsonObject
        {
            ["id"] = tone.ToLowerInvariant(),
            ["days"] = day,
            ["tone"] = tone,
        };
        if (tone == "followUp")
        {
            step["channels"] = new JsonArray();
            step["followUp"] = "Call.";
            return step;
        }
        JsonArray channels = [random.Next(4) == 0 ? "sms" : "email"];
        if (channels[0]!.GetValue<string>() == "email" && random.Next(2) == 0)
            channels.Add("sms");
        if (tone is "firm" or "final")
            channels.Add("escalation");
        if (tone == "final")
            step["payByDays"] = random.Next(4, 12);
        step["channels"] = channels;
        return step;
    }
}
