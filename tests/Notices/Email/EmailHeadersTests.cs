using Dunning.Notices.Email;

namespace Dunning.Tests.Notices.Email;

public sealed class EmailHeadersTests
{
    private static readonly Guid _first = new("5322d9bc-a937-8c7f-b941-5be0785912b3");
    private static readonly Guid _second = new("11111111-a937-8c7f-b941-5be0785912b3");

    [Fact]
    public void A_reply_finds_the_notice_by_the_message_id_that_it_names()
    {
        var id = EmailHeaders.MessageId(_first, "mail.example");

        Assert.Equal("<notice.5322d9bca9378c7fb9415be0785912b3@mail.example>", id);
        Assert.Equal((_first, _first), (EmailHeaders.OperationOf(id), EmailHeaders.OperationOf(id.Trim('<', '>'))));
        Assert.All(
            ["", "<a@b>", "<notice.5322@mail.example>", EmailHeaders.ThreadRoot("c1", "mail.example")],
            other => Assert.Null(EmailHeaders.OperationOf(other))
        );
    }

    [Fact]
    public void Ids_differ_by_notice_and_customer_and_hide_both()
    {
        string[] ids =
        [
            EmailHeaders.MessageId(_first, "x.example"),
            EmailHeaders.MessageId(_second, "x.example"),
            EmailHeaders.ThreadRoot("a", "x.example"),
        ];

        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches(@"^<(notice|customer)\.[0-9a-f]{32}@x\.example>$", id));
    }

    [Fact]
    public void A_customers_mails_share_one_thread_and_ask_robots_to_be_quiet()
    {
        var first = EmailHeaders.Create(_first, "c1", "en", "x.example");
        var second = EmailHeaders.Create(_second, "c1", "en", "x.example");

        Assert.NotEqual(first["Message-ID"], second["Message-ID"]);
        Assert.Equal(first["References"], second["References"]);
        Assert.Equal(first["References"], first["In-Reply-To"]);
        Assert.Equal("auto-generated", first["Auto-Submitted"]);
        Assert.Equal("en", first["Content-Language"]);
        Assert.Equal("OOF, AutoReply", first["X-Auto-Response-Suppress"]);
    }
}
