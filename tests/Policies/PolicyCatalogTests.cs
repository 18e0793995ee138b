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

    [Theory]
    [InlineData("""{"name":"p","version":1,"steps":[]}""", "'p' has no steps")]
    [InlineData("""{"name":"p","version":1}""", "'p' has no steps")]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":[]},{"id":"a","days":2,"tone":"firm","channels":[]}]}""",
        "two steps named 'a'"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","tone":"firm","channels":[]}]}""",
        "'a' of policy 'p' must have either days or businessDays"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"businessDays":1,"tone":"firm","channels":[]}]}""",
        "either days or businessDays"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"final","channels":[]}]}""",
        "must have payByDays"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"preCollectionNotice","channels":["email"],"needsApproval":true}]}""",
        "must have payByDays"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"preCollectionNotice","channels":["email"],"payByDays":9}]}""",
        "must have needsApproval"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":-1,"tone":"preCollectionNotice","channels":["email"],"payByDays":9,"needsApproval":true}]}""",
        "must have the channel email and lie after the due date"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"preCollectionNotice","channels":["email","sms"],"payByDays":9,"needsApproval":true}]}""",
        "can only be sent by email"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"termination","channels":["email"],"payByDays":9,"needsApproval":true}]}""",
        "must have ends"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"creditReport","channels":["email"],"payByDays":9,"needsApproval":true}]}""",
        "must have agency"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"creditReport","channels":["email"],"payByDays":9,"needsApproval":true,"agency":"SCHUFA"}]}""",
        "needs a step with tone followUp before it"
    )]
    // A custom file without a version would be older than the shipped one and never used.
    [InlineData("""{"name":"default","steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""", "version")]
    [InlineData(
        """{"name":"p","version":1,"maxRemindersPerWeek":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["email","sms"]}]}""",
        "maxRemindersPerWeek"
    )]
    // Outside the email window the hour of the step would never come.
    [InlineData(
        """{"name":"p","version":1,"sendAt":"18:00","steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "sendAt"
    )]
    // Without a day between two notices, two notices of one day would have the same id.
    [InlineData(
        """{"name":"p","version":1,"tolerance":{"GBP":"a little"},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "tolerance in GBP"
    )]
    [InlineData(
        """{"name":"p","version":1,"minDaysBetweenNotices":0,"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "minDaysBetweenNotices"
    )]
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"law":"XX"},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "lateCharges.law 'XX' is not known"
    )]
    // Lower case is no code.
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"law":"de"},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "AT, BE, CH, DE"
    )]
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"interestPercent":0},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "lateCharges.interestPercent must be above 0"
    )]
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"interestPercent":101},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "at most 100"
    )]
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"interestPercent":"8.5 %"},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "interestPercent"
    )]
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"customersAre":"companies"},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "customersAre"
    )]
    [InlineData(
        """{"name":"p","version":1,"lateCharges":{"agreed":["fee"]},"steps":[{"id":"a","days":1,"tone":"firm","channels":[]}]}""",
        "agreed"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["email"],"charge":["costs"]}]}""",
        "charge"
    )]
    // Nothing can have announced what the first message charges.
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["email"],"charge":["interest"]}]}""",
        "'a' of policy 'p' cannot have charge: an email before it must announce"
    )]
    // A step that is not enabled, or sends nothing, announces nothing.
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["email"],"enabled":false},{"id":"b","days":2,"tone":"firm","channels":["email"],"charge":["interest"]}]}""",
        "'b' of policy 'p' cannot have charge: an email before it must announce"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"followUp","channels":[]},{"id":"b","days":2,"tone":"firm","channels":["email"],"charge":["interest"]}]}""",
        "'b' of policy 'p' cannot have charge"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["email"]}],"planSteps":[{"id":"b","days":2,"tone":"friendly","channels":["email"],"charge":["interest"]}]}""",
        "'b' of policy 'p' cannot have charge"
    )]
    // An SMS has no room to announce it.
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["sms"]},{"id":"b","days":2,"tone":"firm","channels":["email"],"charge":["interest"]}]}""",
        "'b' of policy 'p' cannot have charge: an email before it must announce"
    )]
    // Before the due date nothing is late.
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":-5,"tone":"upcoming","channels":["email"],"showCharges":true}]}""",
        "'a' of policy 'p' cannot have charge or showCharges"
    )]
    [InlineData(
        """{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"firm","channels":["email"]},{"id":"b","days":2,"tone":"followUp","channels":[],"charge":["interest"]}]}""",
        "'b' of policy 'p' cannot have charge or showCharges"
    )]
    // Not the serializer's exception: the author of the file reads this message.
    [InlineData("""{"name":"p","version":1,"steps":[{"id":"a","days":1,"tone":"angry","channels":[]}]}""", "tone")]
    public void A_policy_that_cannot_be_used_is_named_with_its_fault(string policy, string message)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new PolicyCatalog($"[{policy}]"));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }
}
