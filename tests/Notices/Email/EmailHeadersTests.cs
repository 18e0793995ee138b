using Dunning.Notices.Email;
using Dunning.Receivables;

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
        var first = Of(NoticeTone.Friendly);
        var second = EmailHeaders.Create(new(_second, "c1"), _text, "x.example");

        Assert.NotEqual(first["Message-ID"], second["Message-ID"]);
        Assert.Equal(first["References"], second["References"]);
        Assert.Equal(first["References"], first["In-Reply-To"]);
        Assert.Equal("auto-generated", first["Auto-Submitted"]);
        Assert.Equal("en", first["Content-Language"]);
        Assert.Equal("OOF, AutoReply", first["X-Auto-Response-Suppress"]);
    }

    [Fact]
    public void Only_what_may_be_switched_off_has_one_click_to_do_it()
    {
        var courtesy = EmailHeaders.Create(
            new(_first, "c1"),
            _text with
            {
                UnsubscribeAddress = "https://dunning.example/api/portal/x/unsubscribe",
            },
            "x.example"
        );

        Assert.Equal("<https://dunning.example/api/portal/x/unsubscribe>", courtesy["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", courtesy["List-Unsubscribe-Post"]);
        Assert.DoesNotContain("List-Unsubscribe", Of(NoticeTone.Friendly).Keys);
        Assert.Equal(
            [NoticeTone.Upcoming, NoticeTone.ThankYou],
            Enum.GetValues<NoticeTone>().Where(tone => tone.IsCourtesy())
        );
    }

    [Fact]
    public void Complaints_are_counted_by_kind_and_the_sender_is_always_the_same()
    {
        Assert.Matches("^friendly:dunning:[0-9a-f]{10}$", Of(NoticeTone.Friendly)["Feedback-ID"]);
        Assert.Equal(
            Of(NoticeTone.Friendly)["Feedback-ID"].Split(':')[^1],
            Of(NoticeTone.Final)["Feedback-ID"].Split(':')[^1]
        );
    }

    private static readonly EmailText _text = new("Subject", "<p>Text</p>", "Text", "en");

    private static IReadOnlyDictionary<string, string> Of(NoticeTone kind) =>
        EmailHeaders.Create(new(_first, "c1"), _text with { Kind = kind }, "x.example");
}
