using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Scenarios;

/// <summary>An inbox is read again and again, and its server is not always well.</summary>
public sealed class InboxReading : InboxScenario
{
    [Fact]
    public async Task New_messages_are_read_once_and_stay_as_they_are()
    {
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        Server.Add(Message(Tom, "two", id: "<2@a>"));
        await ReadAsync();
        Server.Add(Message(Tom, "three", id: "<3@a>"));
        await ReadAsync();
        await ReadAsync();

        Assert.Equal(["one", "three", "two"], await RepliesAsync());
        Assert.All(Server.Mails, mail => Assert.False(mail.IsSeen));
        Assert.Contains(Server.Commands, command => command.StartsWith("EXAMINE", StringComparison.Ordinal));
        Assert.Equal(3, Server.Commands.Count(command => command.Contains("BODY.PEEK[]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_connection_that_drops_in_the_middle_loses_nothing_and_repeats_nothing()
    {
        ExpectedWarnings.Add("The inbox could not be read to its end");
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        Server.Add(Message(Tom, new string('x', 500), id: "<2@a>"));
        Server.Add(Message(Tom, "three", id: "<3@a>"));
        Server.DropsAfter = 300;
        await ReadAsync();
        Assert.Equal(["one"], await RepliesAsync());

        await ReadAsync();

        Assert.Equal(3, (await RepliesAsync()).Count);
    }

    [Fact]
    public async Task The_same_messages_under_other_ids_are_read_again_and_change_nothing()
    {
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        Server.Add(Message(Tom, "two", id: "<2@a>"));
        await ReadAsync();

        Server.Renumber(uidValidity: 8, firstUid: 1);
        Server.Add(Message(Tom, "three", id: "<3@a>"));
        await ReadAsync();

        Assert.Equal(["one", "three", "two"], await RepliesAsync());
    }

    [Fact]
    public async Task A_server_that_refuses_is_asked_again_and_the_log_has_no_password()
    {
        ExpectedWarnings.Add("The inbox could not be read to its end");
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        Server.RefusesLogin = true;
        await ReadAsync();
        Assert.Empty(await RepliesAsync());
        Server.RefusesLogin = false;
        await ReadAsync();

        Assert.Equal(["one"], await RepliesAsync());
        Assert.DoesNotContain(Log, line => line.Contains("secret-of-the-inbox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_server_is_read_to_its_end()
    {
        Server.IsSlow = true;
        Server.Add(Message(Tom, "one", id: "<1@a>"));
        await ReadAsync();

        Assert.Equal(["one"], await RepliesAsync());
    }

    [Fact]
    public async Task Of_a_message_with_a_large_attachment_the_words_are_read_and_the_attachment_is_named()
    {
        var large = new StringBuilder(31 * 1024 * 1024);
        while (large.Length < 30 * 1024 * 1024)
            large.Append("JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVuZ3RoIDMgMCBSL0Zp\r\n");
        Server.Add(
            Message(
                Tom,
                Multipart(
                    "Content-Type: text/plain\r\n\r\nHere is the receipt",
                    Attachment("receipt.pdf", large.ToString(), "application/pdf")
                ),
                type: MixedType
            )
        );
        await ReadAsync();

        var reply = Assert.Single((await Http.GetFromJsonAsync<JsonElement>("api/manage/replies")).EnumerateArray());
        Assert.Equal("Here is the receipt", reply.GetProperty("body").GetString());
        var attachment = Assert.Single(reply.GetProperty("attachments").EnumerateArray());
        Assert.Equal("receipt.pdf", attachment.GetProperty("name").GetString());
        Assert.False(attachment.TryGetProperty("blobName", out _));
    }
}
