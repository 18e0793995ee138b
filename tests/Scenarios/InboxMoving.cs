using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Scenarios;

/// <summary>The settings say that a message that was read is moved to another folder.</summary>
public sealed class InboxMoving : InboxScenario
{
    protected override Dictionary<string, string?> Settings =>
        new(base.Settings) { ["Inbox:AfterReading"] = "move", ["Inbox:MoveTo"] = "Done" };

    [Fact]
    public async Task What_was_read_is_moved()
    {
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        Server.Add(Message(Tom, "two", id: "<2@a>"));
        await ReadAsync();

        Assert.Empty(Server.Mails);
        Assert.Equal(2, Server.Moved.Count);
        Assert.Equal(["one", "two"], await RepliesAsync());
    }
}
