using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class PolicyCatalogTests
{
    private const string CustomPolicies = """
        [{"name":"default","version":2,"sendAt":"10:30","minDaysBetweenNotices":5,"termsDays":14,
          "steps":[{"id":"only","days":10,"tone":"firm","channels":["email"]}]},
         {"name":"gentle","version":1,"steps":[{"id":"once","businessDays":9,"tone":"friendly","channels":["sms"]}]}]
        """;

    [Fact]
    public void The_shipped_policy_has_the_documented_steps()
    {
        var policy = new PolicyCatalog().Newest(PolicyCatalog.Default);

        Assert.Equal(new PolicyVersion("default", 2), policy.Key);
        Assert.Equal((new TimeOnly(9, 0), 3, 30), (policy.SendAt, policy.MinDaysBetweenNotices, policy.TermsDays));
        Assert.Equal(
            ["courtesy", "first", "second", "third", "call", "final", "hand-over"],
            policy.Steps.Where(s => s.Enabled).Select(s => s.Id.Value)
        );
        Assert.Equal(["invoice", "courtesy"], policy.Steps.Where(s => s.IsUpcoming).Select(s => s.Id.Value));
    }

    [Fact]
    public void An_own_file_adds_policies_and_versions()
    {
        var policies = new PolicyCatalog(CustomPolicies);

        Assert.Equal(2, policies.Newest("default").Version);
        Assert.Equal(
            (new TimeOnly(10, 30), 5, 14),
            (
                policies.Newest("default").SendAt,
                policies.Newest("default").MinDaysBetweenNotices,
                policies.Newest("default").TermsDays
            )
        );
        Assert.True(policies.Has("gentle"));
        Assert.False(policies.Has("harsh"));
        Assert.Throws<InvalidOperationException>(() => policies.Newest("harsh"));
    }

    [Fact]
    public void The_same_name_and_version_replaces_the_shipped_one()
    {
        var policies = new PolicyCatalog(
            """[{"name":"default","version":2,"steps":[{"id":"only","days":1,"tone":"firm","channels":[]}]}]"""
        );

        Assert.Equal(["only"], policies.Newest("default").Steps.Select(s => s.Id.Value));
    }

    [Fact]
    public void An_invoice_keeps_the_version_it_started_with()
    {
        var policies = new PolicyCatalog(CustomPolicies);

        Assert.Equal(1, policies.Of(TestData.Invoice()).Version);
        Assert.Equal(
            2,
            policies.Of(TestData.Invoice().WithDunning(dunning => dunning with { Policy = new("default", 2) })).Version
        );
    }

    [Theory]
    [InlineData("default", 9, "default", 2)]
    [InlineData("gentle", 9, "gentle", 1)]
    [InlineData("gone", 1, "default", 2)]
    public void A_version_that_was_removed_gives_way_to_the_newest(
        string name,
        int version,
        string foundName,
        int foundVersion
    ) =>
        Assert.Equal(
            new PolicyVersion(foundName, foundVersion),
            new PolicyCatalog(CustomPolicies)
                .Of(TestData.Invoice().WithDunning(dunning => dunning with { Policy = new(name, version) }))
                .Key
        );
}
