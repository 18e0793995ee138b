using Dunning.Notices.Email;

namespace Dunning.Tests.Notices.Email;

public sealed class EmailHeadersTests
{
    [Fact]
    public void The_same_notice_has_the_same_message_id_for_ever() =>
        Assert.Equal(
            "<notice.5322d9bca937ec7f79415be0785912b3@mail.example>",
            EmailHeaders.MessageId("n-1", "mail.example")
        );

    [Fact]
    public void Ids_differ_by_notice_and_customer_and_hide_both()
    {
        string[] ids =
        [
            EmailHeaders.MessageId("a", "x.example"),
            EmailHeaders.MessageId("b", "x.example"),
            EmailHeaders.ThreadRoot("a", "x.example"),
        ];

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[0], EmailHeaders.MessageId("a", "x.example"));
        Assert.All(ids, id => Assert.Matches(@"^<(notice|customer)\.[0-9a-f]{32}@x\.example>$", id));
        Assert.Matches("^<[^\r\n@<> ]+@x.example>$", EmailHeaders.MessageId("evil\r\nBcc: <a@b>", "x.example"));
    }

    [Fact]
    public void A_customers_mails_share_one_thread_and_ask_robots_to_be_quiet()
    {
        var first = EmailHeaders.Create("n1", "c1", "en", "x.example");
        var second = EmailHeaders.Create("n2", "c1", "en", "x.example");

        Assert.NotEqual(first["Message-ID"], second["Message-ID"]);
        Assert.Equal(first["References"], second["References"]);
        Assert.Equal(first["References"], first["In-Reply-To"]);
        Assert.Equal("auto-generated", first["Auto-Submitted"]);
        Assert.Equal("en", first["Content-Language"]);
        Assert.Equal("OOF, AutoReply", first["X-Auto-Response-Suppress"]);
    }
}
