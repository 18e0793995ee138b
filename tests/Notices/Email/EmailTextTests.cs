using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Tests.Notices.Letters;
using Dunning.Tests.Notices.Localization;

namespace Dunning.Tests.Notices.Email;

public sealed class EmailTextTests
{
    public static TheoryData<NoticeTone> Kinds => LetterSamples.Kinds;
    public static TheoryData<NoticeTone> TonesThatDemandPayment => LetterSamples.TonesThatDemandPayment;

    [Theory]
    [MemberData(nameof(TonesThatDemandPayment))]
    public void A_request_says_how_much_for_what_by_when_how_to_pay_and_whom_to_ask(NoticeTone kind)
    {
        var mail = EmailText.Render(EmailPage.Create(LetterSamples.Letter(kind)));

        foreach (var text in new[] { HtmlPage.Text(mail), mail.Plain })
        {
            string[] facts =
            [
                "Hello Ana,",
                "EUR 1,190.00",
                "2026-0042",
                "5 March 2026",
                "PO-7781",
                "DK50 0040 0440 1162 43",
                "DABADKKK",
                "RF18 5390 0754 7034",
                "Mette Holm",
                "+45 70 12 34 56",
                "mette@fjordlys.example",
                "Just reply",
                "If you have already paid, thank you",
            ];
            Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        }
        Assert.Contains("https://pay.example.com/i/2026-0042?a=1&b=2", HtmlPage.Links(mail));
        Assert.Contains("https://billing.example.com/2026-0042.pdf", HtmlPage.Links(mail));
        Assert.Contains("https://pay.example.com/i/2026-0042?a=1&b=2", mail.Plain, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Amount_button_and_bank_details_come_before_the_request_in_words(NoticeTone kind)
    {
        var text = HtmlPage.Text(EmailText.Render(EmailPage.Create(LetterSamples.Letter(kind))));
        var ask = text.LastIndexOf(
            Language
                .For("en")
                .Letters[kind]
                .Request.Fill(
                    new Dictionary<string, IReadOnlyList<TextSpan>> { ["payBy"] = [new TextSpan("20 March 2026")] },
                    false
                )
                .ToPlain(),
            StringComparison.Ordinal
        );

        Assert.InRange(text.LastIndexOf("EUR 1,190.00", StringComparison.Ordinal), 0, ask);
        Assert.True(text.IndexOf("IBAN", StringComparison.Ordinal) < ask);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_running_text_stays_short_and_plain(NoticeTone kind)
    {
        // What follows must be said there: see PreCollectionNotices.
        if (kind.IsFormal())
            return;
        foreach (var content in new[] { LetterSamples.Letter(kind), LetterSamples.Several(kind) })
        {
            var prose = HtmlPage.Prose(EmailText.Render(EmailPage.Create(content)));

            Assert.InRange(prose.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, 10, 120);
            string[] harshWords =
            [
                "net 30",
                "remittance",
                "arrears",
                "dunning",
                "failed",
                "collection",
                "legal",
                "court",
                "credit record",
                "immediately",
                "!",
            ];
            Assert.All(harshWords, word => Assert.DoesNotContain(word, prose, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(LetterSamples.KindsAboutInvoices), MemberType = typeof(LetterSamples))]
    public void A_subject_names_the_invoice_or_how_many_there_are(NoticeTone kind)
    {
        Assert.Contains(
            "2026-0042",
            EmailText.Render(EmailPage.Create(LetterSamples.Letter(kind))).Subject,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "3 invoices",
            EmailText.Render(EmailPage.Create(LetterSamples.Several(kind))).Subject,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_final_reminder_names_its_date_and_offers_instalments()
    {
        var mail = EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.Final)));

        Assert.Equal("Final reminder: invoice 2026-0042", mail.Subject);
        Assert.Contains("Please pay EUR 1,190.00 by 20 March 2026.", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("instalments", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_final_reminder_without_a_date_is_not_written() =>
        Assert.Throws<ArgumentException>(() =>
            EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.Final) with { PayBy = null }))
        );

    [Fact]
    public void The_firm_reminder_offers_instalments() =>
        Assert.Contains(
            "instalments",
            EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.Firm))).Plain,
            StringComparison.Ordinal
        );

    [Fact]
    public void Several_invoices_are_listed_each_with_its_own_link_and_added_up_per_currency()
    {
        var mail = EmailText.Render(EmailPage.Create(LetterSamples.Several(NoticeTone.Helpful)));

        foreach (var text in new[] { HtmlPage.Text(mail), mail.Plain })
        {
            string[] facts =
            [
                "2026-0031",
                "EUR 2,400.00",
                "16 days overdue",
                "Paid so far",
                "EUR 500.00",
                "2026-0042",
                "3 days overdue",
                "2026-0047",
                "due in 6 days",
                "EUR 3,590.00",
                "DKK 1,250.00",
                "In dispute, not part of this request",
                "2026-0029",
            ];
            Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        }
        Assert.Equal(
            3,
            HtmlPage.Links(mail).Count(link => link.StartsWith("https://pay.example.com/", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(
            HtmlPage.Links(mail),
            link => link.Contains("pay.example.com/i/2026-0029", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_was_paid_so_far_and_what_remains_is_shown()
    {
        var mail = EmailText.Render(
            EmailPage.Create(
                LetterSamples.Letter(
                    NoticeTone.Friendly,
                    LetterSamples.Invoice() with
                    {
                        Paid = new Money(20_000, "EUR"),
                    }
                )
            )
        );

        Assert.Contains("Invoice amount: EUR 1,390.00", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("Paid so far: EUR 200.00", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("Remaining: EUR 1,190.00", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_accounts_are_two_blocks_with_the_references_that_belong_to_each()
    {
        var other = LetterSamples.Invoice("2026-0050") with { Bank = new BankTransfer("DE89370400440532013000") };
        var third = LetterSamples.Invoice("2026-0051") with { Bank = new BankTransfer("DE89370400440532013000") };

        var mail = EmailText.Render(
            EmailPage.Create(LetterSamples.Letter(NoticeTone.Friendly, LetterSamples.Invoice(), other, third))
        );

        Assert.Contains(
            "IBAN: DE89 3704 0044 0532 0130 00\nReference: 2026-0050, 2026-0051",
            mail.Plain.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Contains("IBAN: DK50 0040 0440 1162 43", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thank_you_says_what_was_received_and_asks_for_nothing()
    {
        var mail = EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.ThankYou)));

        Assert.Contains(
            "received your payment of EUR 1,190.00 for invoice 2026-0042",
            mail.Plain,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("IBAN", mail.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("pay.example.com", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("overdue", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_tells_a_colleague_what_to_do_for_whom_and_what_was_sent()
    {
        var mail = EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.FollowUp)));

        Assert.Contains("Call Ana, ask what holds the payment up", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("Customer: Nordwind Handels GmbH", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("6 March 2026, email: Reminder: invoice 2026-0042", mail.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("pay.example.com", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("already paid", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_greets_its_reader_says_why_and_what_was_sent_before()
    {
        var copy = EmailText.Render(
            EmailPage.CreateCopy(LetterSamples.Letter(NoticeTone.Firm), LetterSamples.Note("Karl\r\nBrandt"))
        );

        Assert.Equal("Copy: Still open: invoice 2026-0042, 3 days overdue", copy.Subject);
        Assert.StartsWith("Hello Karl Brandt,\n\nYou receive this copy because", copy.Plain, StringComparison.Ordinal);
        Assert.Contains("What was sent so far", HtmlPage.Text(copy), StringComparison.Ordinal);
        Assert.Contains("28 February 2026", HtmlPage.Text(copy), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LetterSamples.TonesThatDemandPayment), MemberType = typeof(LetterSamples))]
    public void A_copy_quotes_the_whole_message_as_the_customer_got_it(NoticeTone tone)
    {
        var content = LetterSamples.Several(tone);
        var original = EmailText.Render(EmailPage.Create(content));

        var copy = EmailText.Render(EmailPage.CreateCopy(content, LetterSamples.Note("Karl")));

        var quoted = copy
            .Plain.Split('\n')
            .Where(line => line.StartsWith('>'))
            .Select(line => line.TrimStart('>', ' '));
        Assert.Equal(original.Plain.TrimEnd().Split('\n').Select(line => line.TrimStart()), quoted);
        var quote = HtmlPage
            .Parse(copy)
            .Descendants()
            .Single(e => e.Attribute("class")?.Value.StartsWith("quote", StringComparison.Ordinal) == true);
        var card = HtmlPage
            .Parse(original)
            .Descendants()
            .Single(e => e.Attribute("class")?.Value.StartsWith("card", StringComparison.Ordinal) == true);
        Assert.Equal(card.Value.Trim(), quote.Value.Trim());
    }

    [Fact]
    public void A_copy_of_a_text_message_quotes_its_text_and_no_email_that_was_never_sent()
    {
        var copy = EmailText.Render(
            EmailPage.CreateCopy(
                LetterSamples.Letter(NoticeTone.Firm),
                LetterSamples.Note("Karl") with
                {
                    Sms = "Hello Ana, this is Fjordlys ApS.",
                }
            )
        );

        Assert.Contains("\n> Hello Ana, this is Fjordlys ApS.\n", copy.Plain, StringComparison.Ordinal);
        foreach (var text in new[] { copy.Plain, HtmlPage.Text(copy) })
            Assert.DoesNotContain("DK50", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CopyReader.Management, "help it to be paid, or tell us what stands in the way", "a call may help")]
    [InlineData(CopyReader.AccountManager, "a call may help", "help it to be paid")]
    public void A_copy_asks_its_reader_for_what_that_reader_can_do(CopyReader reader, string asked, string notAsked)
    {
        var copy = EmailText.Render(
            EmailPage.CreateCopy(
                LetterSamples.Letter(NoticeTone.Firm),
                LetterSamples.Note("Karl") with
                {
                    ReaderIs = reader,
                }
            )
        );

        foreach (var text in new[] { copy.Plain, HtmlPage.Text(copy) })
        {
            Assert.Contains(asked, text, StringComparison.Ordinal);
            Assert.DoesNotContain(notAsked, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_copy_speaks_its_readers_language_and_quotes_in_the_customers()
    {
        var content = LetterSamples.Letter(NoticeTone.Firm) with { Language = TestLanguage.RightToLeft() };

        var page = EmailPage.CreateCopy(content, LetterSamples.Note("Karl"));

        Assert.Equal(("rtl", "ltr"), (page.Language.Direction, page.Copy!.Language.Direction));
        Assert.Contains("border-right:4px", EmailText.Render(page).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Rendering_twice_gives_the_same_bytes() =>
        Assert.Equal(
            EmailText.Render(EmailPage.Create(LetterSamples.Several(NoticeTone.Firm))),
            EmailText.Render(EmailPage.Create(LetterSamples.Several(NoticeTone.Firm)))
        );

    [Fact]
    public void A_notice_about_no_invoice_is_not_rendered() =>
        Assert.Throws<ArgumentException>(() =>
            EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.Firm) with { Invoices = [] }))
        );
}
