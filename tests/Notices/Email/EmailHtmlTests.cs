using System.Xml.Linq;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Tests.Notices.Letters;

namespace Dunning.Tests.Notices.Email;

public sealed class EmailHtmlTests
{
    private const string Hostile = "<script>alert(1)</script>\"' & \u202Egnp\u202C\u0000\uD800 {{Subject}}";

    public static TheoryData<NoticeTone> Kinds => LetterSamples.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Html_is_well_formed_and_loads_nothing_from_elsewhere(NoticeTone kind)
    {
        foreach (var content in new[] { LetterSamples.Letter(kind), LetterSamples.Several(kind) })
        {
            var page = HtmlPage.Parse(EmailText.Render(EmailPage.Create(content)));

            string[] loading = ["img", "link", "script", "iframe", "object", "video", "form"];
            Assert.DoesNotContain(page.Descendants(), e => loading.Contains(e.Name.LocalName));
            Assert.DoesNotContain(
                page.DescendantsAndSelf().Attributes(),
                a => a.Name.LocalName is "src" or "background" or "srcset"
            );
            Assert.DoesNotContain("url(", page.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@import", page.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_mail_has_one_main_heading_and_says_its_language_and_direction(NoticeTone kind)
    {
        var page = HtmlPage.Parse(EmailText.Render(EmailPage.Create(LetterSamples.Several(kind))));

        Assert.Equal(("en", "ltr"), (page.Attribute("lang")!.Value, page.Attribute("dir")!.Value));
        Assert.Single(page.Descendants(), e => e.Name.LocalName == "h1");
        Assert.Equal("ltr", page.Descendants().First(e => e.Name.LocalName == "table").Attribute("dir")!.Value);
        Assert.Contains(page.Descendants(), e => e.Name.LocalName == "th" && e.Attribute("scope")?.Value == "col");
    }

    [Fact]
    public void Amounts_numbers_and_IBAN_keep_their_direction()
    {
        var isolated = HtmlPage
            .Parse(EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.Friendly))))
            .Descendants()
            .Where(e => e.Name.LocalName == "bdi" && e.Attribute("dir")?.Value == "ltr")
            .Select(e => e.Value)
            .ToHashSet();

        Assert.Superset(
            new HashSet<string> { "EUR 1,190.00", "2026-0042", "DK50 0040 0440 1162 43", "+45 70 12 34 56" },
            isolated
        );
    }

    [Fact]
    public void Text_from_customers_and_sources_is_escaped()
    {
        var invoice = LetterSamples.Invoice() with
        {
            Number = Hostile,
            OrderReference = Hostile,
            Bank = new BankTransfer("DK50<b>", Hostile, Hostile, Hostile),
            PaymentLinks = [new(PaymentMethod.Other, "https://pay.example.com/\"onmouseover=alert(1)")],
            DocumentUrl = "javascript:alert(1)",
        };
        var content = LetterSamples.Letter(NoticeTone.Firm, invoice, LetterSamples.Invoice()) with
        {
            Greet = Hostile,
            CustomerName = Hostile,
            From = new Sender
            {
                Company = Hostile,
                Person = Hostile,
                Email = "a@b.example",
                Phone = Hostile,
            },
            History = [new(LetterSamples.Today, LabelKey.ChannelEmail, Hostile)],
            Disputed = [invoice],
        };

        var mail = EmailText.Render(
            EmailPage.CreateCopy(
                content,
                LetterSamples.Note(Hostile) with
                {
                    History = [new(LetterSamples.Today, LabelKey.ChannelEmail, Hostile)],
                }
            )
        );

        var page = HtmlPage.Parse(mail);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "b");
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.All(HtmlPage.Links(mail), link => Assert.Matches("^(https|mailto|tel):", link));
        Assert.Contains(
            "<script>alert(1)</script>\"' & gnp\uFFFD {{Subject}}",
            HtmlPage.Text(mail),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\u202E', mail.Html + mail.Plain + mail.Subject);
    }

    [Fact]
    public void An_account_number_of_whatever_characters_is_grouped_without_cutting_one()
    {
        var invoice = LetterSamples.Invoice() with { Bank = new BankTransfer("dk5 💶0040") };

        Assert.Contains(
            "DK5💶 0040",
            HtmlPage.Text(EmailText.Render(EmailPage.Create(LetterSamples.Letter(NoticeTone.Friendly, invoice)))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("https://pay.example/\uFFFF", "https://pay.example/%EF%BF%BF")]
    [InlineData("https://pay\uFFFF.example/", null)]
    [InlineData("http://pay.example/", null)]
    public void A_link_is_printed_in_ASCII_or_not_at_all(string url, string? printed)
    {
        var links = HtmlPage.Links(
            EmailText.Render(
                EmailPage.Create(
                    LetterSamples.Letter(
                        NoticeTone.Friendly,
                        LetterSamples.Invoice() with
                        {
                            PaymentLinks = [new(PaymentMethod.Other, url)],
                            DocumentUrl = null,
                        }
                    )
                )
            )
        );

        Assert.Equal(printed, links.FirstOrDefault(link => link.StartsWith("http", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_subject_is_one_line_whatever_the_number_holds()
    {
        var mail = EmailText.Render(
            EmailPage.Create(
                LetterSamples.Letter(NoticeTone.Friendly, LetterSamples.Invoice("7\r\nBcc: all@x.example\u2028\u0085"))
            )
        );

        Assert.Equal("Reminder: invoice 7 Bcc: all@x.example", mail.Subject);
    }

    [Theory]
    [InlineData("Notices/Email/letter.html.hbs")]
    [InlineData("Notices/Email/letter.txt.hbs")]
    public void No_template_switches_escaping_off(string template)
    {
        var text = EmbeddedText.Read(template);

        Assert.DoesNotContain("{{{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{{&", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_is_not_escaped()
    {
        var mail = EmailText.Render(
            EmailPage.Create(LetterSamples.Letter(NoticeTone.Friendly) with { Greet = "Søren & Co's <team>" })
        );

        Assert.Contains("Hello Søren & Co's <team>,", mail.Plain, StringComparison.Ordinal);
    }
}
