using Dunning.Policies;
using Dunning.Policies.Calendars;
using NodaTime;

namespace Dunning.Tests.Fixtures;

/// <summary>What the house decides by, as shipped.</summary>
internal static class Rules
{
    public static readonly DunningRules Default = new(
        new PolicyCatalog(),
        new Calendar(),
        DateTimeZoneProviders.Tzdb["Europe/London"],
        "manager@house.example"
    );

    public static DunningRules WithPolicies(string json) => Default with { Policies = new PolicyCatalog(json) };
}
