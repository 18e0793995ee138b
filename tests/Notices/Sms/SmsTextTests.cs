using Dunning.Notices.Letters;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Dunning.Tests.Notices.Letters;

namespace Dunning.Tests.Notices.Sms;

public sealed class SmsTextTests
{
    private static readonly string[] _alphabets = ["abcdefgh ", "åéüñ€{}~", "жшюяЩ ", "שלום ", "😀🧾", "A-/0123456789"];

    [Theory]
    [InlineData(NoticeTone.Friendly)]
    [InlineData(NoticeTone.Final)]
    [InlineData(NoticeTone.ThankYou)]
    public void A_text_names_company_invoice_and_amount_with_its_ISO_code(NoticeTone kind)
    {
        var sms = SmsText.Render(LetterSamples.Letter(kind), linksAllowed: true);

        Assert.Contains("Fjordlys ApS", sms.Body, StringComparison.Ordinal);
        Assert.Contains("2026-0042", sms.Body, StringComparison.Ordinal);
        Assert.Contains("EUR 1,190.00", sms.Body, StringComparison.Ordinal);
        Assert.True(sms.IsGsm7);
    }

    [Fact]
    public void The_final_text_names_the_date() =>
        Assert.Contains(
            "by 20 Mar 2026",
            SmsText.Render(LetterSamples.Letter(NoticeTone.Final), linksAllowed: true).Body,
            StringComparison.Ordinal
        );

    [Fact]
    public void Many_invoices_become_their_number_and_sum()
    {
        var sms = SmsText.Render(LetterSamples.Several(NoticeTone.Friendly), linksAllowed: true);

        Assert.Contains("3 invoices, EUR 3,590.00 and DKK 1,250.00 in all", sms.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("http", sms.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_there_only_where_links_are_allowed()
    {
        var content = LetterSamples.Letter(NoticeTone.Friendly);

        Assert.Contains(
            "https://pay.example.com/",
            SmsText.Render(content, linksAllowed: true).Body,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("http", SmsText.Render(content, linksAllowed: false).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_too_long_is_left_out_and_the_rest_stays()
    {
        var invoice = LetterSamples.Invoice() with
        {
            PaymentLinks = [new(PaymentMethod.Other, "https://pay.example.com/" + new string('x', 300))],
        };

        var sms = SmsText.Render(LetterSamples.Letter(NoticeTone.Friendly, invoice), linksAllowed: true);

        Assert.Contains("EUR 1,190.00", sms.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("http", sms.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_is_no_text_message() =>
        Assert.Throws<ArgumentException>(() =>
            SmsText.Render(LetterSamples.Letter(NoticeTone.FollowUp), linksAllowed: true)
        );

    [Fact]
    public void Two_thousand_random_letters_all_fit_two_parts_and_say_the_essentials()
    {
        var random = new Random(20260308);
        for (var i = 0; i < 2_000; i++)
        {
            var content = RandomLetter(random);

            var sms = SmsText.Render(content, linksAllowed: random.Next(2) == 0);

            Assert.InRange(sms.Segments, 1, 2);
            Assert.Equal(sms, Gsm7.Measure(sms.Body));
            Assert.Contains(content.Invoices[0].OpenAmount.Currency, sms.Body, StringComparison.Ordinal);
            Assert.Contains(Start(content.From.Company), sms.Body, StringComparison.Ordinal);
            if (content.Invoices.Count == 1)
                Assert.Contains(Start(content.Invoices[0].Number), sms.Body, StringComparison.Ordinal);
        }
    }

    private static string Start(string text) =>
        Gsm7.Normalise(UntrustedText.Clean(string.Concat(text.EnumerateRunes().Take(5))));

    private static NoticeContent RandomLetter(Random random)
    {
        var kinds = Enum.GetValues<NoticeTone>().Where(tone => tone.IsSentBySms()).ToArray();
        string[] currencies = ["EUR", "DKK", "JPY", "KWD", "IDR", "USD", "GBP"];
        var invoices = Enumerable
            .Range(0, random.Next(4) == 0 ? random.Next(2, 12) : 1)
            .Select(_ =>
                LetterSamples.Invoice(
                    Text(random, 80),
                    random.NextInt64(1, 100_000_000_000_000),
                    currencies[random.Next(currencies.Length)]
                ) with
                {
                    PaymentLinks =
                    [
                        new(PaymentMethod.Other, "https://pay.example.com/" + new string('x', random.Next(0, 200))),
                    ],
                }
            );
        var content = LetterSamples.Letter(kinds[random.Next(kinds.Length)], [.. invoices]);
        return content with
        {
            Greet = Text(random, 60),
            From = content.From with { Company = Text(random, 120) },
            PayBy = LetterSamples.Today,
        };
    }

    private static string Text(Random random, int max)
    {
        var alphabet = _alphabets[random.Next(_alphabets.Length)].EnumerateRunes().ToArray();
        return "X"
            + string.Concat(
                Enumerable.Range(0, random.Next(max)).Select(_ => alphabet[random.Next(alphabet.Length)].ToString())
            );
    }
}
