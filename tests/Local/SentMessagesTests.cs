using Dunning.Local;
using Dunning.Local.MailViewer;

namespace Dunning.Tests.Local;

public sealed class SentMessagesTests
{
    private static readonly MovableClock _clock = new(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), frozen: true);

    [Fact]
    public void A_file_remembers_what_was_sent()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("dunning-outbox-").FullName, "deep", "outbox.jsonl");
        var first = new SentMessages(_clock, file);
        Assert.True(first.Add(Mail("a")));
        Assert.True(
            first.Add(
                new SentSms
                {
                    Id = "SM1",
                    SentAt = _clock.GetUtcNow(),
                    Account = "AC1",
                    To = "+45",
                    From = "MG1",
                    Body = "שלום",
                    SegmentCount = 1,
                    IsGsm7 = false,
                }
            )
        );

        var second = new SentMessages(_clock, file);
        Assert.Equal(["a", "SM1"], second.Sent.Select(item => item.Id));
        Assert.Equal("שלום", second.Sms.Single().Body);
        Assert.Equal("yes", second.Emails.Single().Headers["X-Test"]);
        Assert.False(second.Add(Mail("A")));
        Assert.Equal(2, File.ReadLines(file).Count());
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(file)!)!, recursive: true);
    }

    [Fact]
    public async Task A_condition_is_awaited_without_looking_again_and_again()
    {
        var sent = new SentMessages(_clock);
        var two = sent.WaitForAsync(list => list.Count == 2, TestTimeout.Token);
        sent.Add(Mail("a"));
        Assert.False(two.IsCompleted);
        sent.Add(Mail("b"));
        Assert.Equal(2, (await two).Count);
        Assert.Equal(2, (await sent.WaitForAsync(list => list.Count > 1, TestTimeout.Token)).Count);
    }

    private static SentEmail Mail(string id) =>
        new()
        {
            Id = id,
            SentAt = _clock.GetUtcNow(),
            From = "billing@example.com",
            To = ["ann@example.com"],
            Subject = "Reminder",
            Headers = new Dictionary<string, string> { ["X-Test"] = "yes" },
        };
}
