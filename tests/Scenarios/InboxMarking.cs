using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Scenarios;

/// <summary>The settings say that a message that was read is marked.</summary>
public sealed class InboxMarking : InboxScenario
{
    protected override Dictionary<string, string?> Settings =>
        new(base.Settings) { ["Inbox:AfterReading"] = "markSeen" };

    [Fact]
    public async Task What_was_read_is_marked_as_seen()
    {
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        await ReadAsync();

        Assert.True(Assert.Single(Server.Mails).IsSeen);
        Assert.Equal(["one"], await RepliesAsync());
    }
}
