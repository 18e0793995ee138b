using System.Globalization;
using System.Text;
using Dunning.Receivables;
using Dunning.Replies.Mail;
using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Replies.Mail;

public sealed class MailReaderTests
{
    private const string Tom = "Tom <tom@buyer.example>";
    private const string Notice = "<notice.5322d9bca9378c7fb9415be0785912b3@mail.example>";

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated (rejected)")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: yes")]
    [InlineData("List-Id: <news.buyer.example>")]
    [InlineData("Return-Path: <>")]
    public void A_program_says_so_in_a_header(string header) =>
        Assert.Equal(MailKind.Automatic, Read(Message(Tom, "away", headers: header)).Kind);

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("X-Auto-Response-Suppress: All")]
    [InlineData("Return-Path: <tom@buyer.example>")]
    [InlineData("Precedence: normal")]
    public void A_person_is_not_taken_for_a_program(string header) =>
        Assert.Equal(
            MailKind.Message,
            Read(Message(Tom, "I am out of office until I have paid", headers: header)).Kind
        );

    [Theory]
    [InlineData("Automatic reply: Reminder")]
    [InlineData("=?utf-8?Q?R=C3=A9ponse_automatique_=3A_Rappel?=")]
    [InlineData("Automatische Antwort: Erinnerung")]
    public void Exchange_says_so_in_the_subject(string subject) =>
        Assert.Equal(MailKind.Automatic, Read(Message(Tom, "away", subject: subject)).Kind);

    [Fact]
    public void A_bounce_of_the_standard_names_our_message_and_the_dead_mailbox()
    {
        var bounce = Read(Report("failed", "5.1.1", $"Message-ID: {Notice}")).Bounce!;

        Assert.Equal(
            (new Guid("5322d9bc-a937-8c7f-b941-5be0785912b3"), "tom@buyer.example", DeliveryStatus.Dead),
            (bounce.OperationId, bounce.Recipient, bounce.Status)
        );
    }

    [Theory]
    [InlineData("failed", "5.2.2", DeliveryStatus.Failed)]
    [InlineData("failed", "5.7.1", DeliveryStatus.Failed)]
    [InlineData("failed", "5.1.10", DeliveryStatus.Dead)]
    [InlineData("failed", "4.4.7", DeliveryStatus.Failed)]
    [InlineData("delayed", "4.2.2", null)]
    [InlineData("relayed", "2.0.0", null)]
    public void Only_a_mailbox_that_does_not_exist_is_dead(string action, string status, DeliveryStatus? expected) =>
        Assert.Equal(expected, Read(Report(action, status, $"Message-ID: {Notice}")).Bounce?.Status);

    [Theory]
    [InlineData("550 5.1.1 The email account that you tried to reach does not exist", DeliveryStatus.Dead)]
    [InlineData("no such user here", DeliveryStatus.Dead)]
    [InlineData("552 5.2.2 mailbox full", DeliveryStatus.Failed)]
    public void A_mail_system_that_keeps_no_standard_is_understood(string words, DeliveryStatus expected)
    {
        var mail = Read(
            Message("Mail Delivery System <MAILER-DAEMON@mx.example>", $"{words}\r\n\r\nMessage-Id: {Notice}")
        );

        Assert.Equal((MailKind.Bounce, expected), (mail.Kind, mail.Bounce!.Status));
    }

    [Fact]
    public void A_person_may_write_from_the_mailbox_of_a_postmaster() =>
        Assert.Equal(MailKind.Message, Read(Message("postmaster@buyer.example", "We pay on Friday", Notice)).Kind);

    [Fact]
    public void A_bounce_of_another_message_is_only_automatic() =>
        Assert.Equal(MailKind.Automatic, Read(Report("failed", "5.1.1", "Message-ID: <other@x.example>")).Kind);

    [Fact]
    public void Of_html_the_text_is_read_and_nothing_else()
    {
        var mail = Read(
            Message(
                Tom,
                "<html><head><style>p{background:url(https://evil.example/a)}</style></head><body><p>I &lt;paid&gt;</p>"
                    + "<script>fetch('https://evil.example')</script><img src=\"https://evil.example/pixel\">"
                    + "<div>yesterday<br>by bank</div><blockquote><p>Please pay</p></blockquote></body></html>",
                type: "text/html; charset=utf-8"
            )
        );

        Assert.Equal("I <paid>\n\nyesterday\nby bank", QuotedText.Cut(mail.Text));
        Assert.DoesNotContain("evil", mail.Text, StringComparison.Ordinal);
        Assert.Empty(mail.Attachments);
    }

    [Fact]
    public void A_thousand_parts_are_read_within_bounds()
    {
        var parts = Enumerable.Range(0, 1000).Select(i => Attachment($"{i}.txt", "x", "text/plain"));
        var mail = Read(Message(Tom, Multipart(["Content-Type: text/plain\r\n\r\nHello", .. parts]), type: MixedType));

        Assert.Equal("Hello", mail.Text);
        Assert.Equal((50, 10), (mail.Attachments.Count, mail.Attachments.Count(file => file.Content is not null)));
    }

    [Fact]
    public void Parts_in_parts_in_parts_are_read_within_bounds()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 2000; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"
            );
        var mail = Read($"From: {Tom}\r\nMessage-ID: <1@a>\r\n{text}Content-Type: text/plain\r\n\r\nHello");

        Assert.Equal("tom@buyer.example", mail.From);
    }

    [Fact]
    public void Of_large_attachments_the_first_are_kept()
    {
        var large = new string('x', 6 * 1024 * 1024);
        var mail = Read(
            Message(
                Tom,
                Multipart(
                    "Content-Type: text/plain\r\n\r\nHello",
                    Attachment("one.pdf", large),
                    Attachment("two.pdf", large),
                    Attachment("three.pdf", "small")
                ),
                type: MixedType
            )
        );

        Assert.Equal(
            [("one.pdf", true), ("two.pdf", false), ("three.pdf", true)],
            mail.Attachments.Select(file => (file.Name, file.Content is not null))
        );
    }

    [Theory]
    [InlineData("../../etc/passwd", "..-..-etc-passwd")]
    [InlineData("a\\b:c.exe", "a-b-c.exe")]
    [InlineData("<script>.html", "-script-.html")]
    public void A_name_is_no_path_and_no_markup(string given, string expected)
    {
        var part =
            $"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(given)}\r\n\r\nx";

        Assert.Equal(expected, Read(Message(Tom, Multipart(part), type: MixedType)).Attachments[0].Name);
    }

    [Fact]
    public void A_message_has_the_same_id_by_every_way_and_without_one_by_what_it_says()
    {
        var first = Read(Message(Tom, "Hello"));

        Assert.Equal(first.Id, Read("Received: by another way\r\n" + Message(Tom, "Hello")).Id);
        Assert.NotEqual(first.Id, Read(Message(Tom, "Hello", id: "<2@a>")).Id);
        var (nameless, same, other) = (Nameless("Hello"), Nameless("Hello"), Nameless("Goodbye"));
        Assert.Equal(nameless, same);
        Assert.NotEqual(nameless, other);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("hello")]
    [InlineData("From:\r\n\r\n")]
    [InlineData("From: @@@\r\nContent-Type: multipart/mixed\r\n\r\n--\r\n")]
    public void Whatever_is_no_email_is_read_all_the_same(string raw) => Assert.Empty(Read(raw).From);

    [Theory]
    [InlineData("HF-1 is paid", "HF-1", true)]
    [InlineData("what about (hf-1)?", "HF-1", true)]
    [InlineData("HF-12 is paid", "HF-1", false)]
    [InlineData("XHF-1", "HF-1", false)]
    [InlineData("we have 12 of them", "12", false)]
    public void A_number_is_named_as_a_word_of_its_own(string text, string number, bool isNamed) =>
        Assert.Equal(isNamed, InvoiceNumbers.Names(text, number));

    [Theory]
    [InlineData("a@buyer.example", "b@BUYER.example", true)]
    [InlineData("a@gmail.com", "b@gmail.com", false)]
    [InlineData("a@yahoo.co.uk", "b@yahoo.co.uk", false)]
    [InlineData("a@buyer.example", "b@seller.example", false)]
    [InlineData("buyer.example", "buyer.example", false)]
    public void Mailboxes_of_a_firm_have_its_domain(string one, string other, bool areOfOneFirm) =>
        Assert.Equal(areOfOneFirm, MailDomains.AreOfOneFirm(one, other));

    private static string Nameless(string text) =>
        Read(Message(Tom, text).Replace("Message-ID: <1@amberley.example>\r\n", "", StringComparison.Ordinal)).Id;

    private static string Report(string action, string status, string returned) =>
        Message(
            "MAILER-DAEMON@mx.example",
            Multipart(
                "Content-Type: text/plain\r\n\r\nSorry.",
                "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
                    + $"Original-Recipient: rfc822;tom@buyer.example\r\nAction: {action}\r\nStatus: {status}",
                $"Content-Type: text/rfc822-headers\r\n\r\n{returned}"
            ),
            type: "multipart/report; report-type=delivery-status; boundary=edge"
        );

    private static IncomingMail Read(string raw) => MailReader.Read(Encoding.UTF8.GetBytes(raw));
}
