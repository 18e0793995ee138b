using Dunning.Policies;
using Dunning.Policies.Calendars;
using NodaTime;

namespace Dunning.Tests.Fixtures;

/// <summary>The dunning rules with the shipped policies and calendars.</summary>
internal static class Rules
{
    public static readonly DunningRules Default = new(
        new PolicyCatalog(),
        new Calendar(),
        DateTimeZoneProviders.Tzdb["Europe/London"],
        "manager@creditor.example"
    );

    public static DunningRules WithPolicies(string json) => Default with { Policies = new PolicyCatalog(json) };
}
