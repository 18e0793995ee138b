using System.Text.Json.Nodes;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Dunning.Tests.Notices.Email;
using Dunning.Tests.Notices.Letters;

namespace Dunning.Tests.Notices.Localization;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("en-GB")]
    [InlineData("EN_us")]
    [InlineData("tlh")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_tag_falls_back_to_its_primary_part_and_then_to_English(string? tag) =>
        Assert.Equal("en", Language.For(tag).Tag);

    [Fact]
    public void Every_shipped_language_is_complete() => Assert.NotEmpty(Language.Shipped);

    [Theory]
    [MemberData(nameof(LetterSamples.Kinds), MemberType = typeof(LetterSamples))]
    public void Every_shipped_language_words_every_notice_and_names_nothing_that_it_lacks(NoticeTone tone)
    {
        foreach (var language in Language.Shipped)
        {
            NoticeContent[] contents = [LetterSamples.Letter(tone), LetterSamples.Several(tone)];
            foreach (var content in contents.Select(content => content with { Language = language }))
            {
                Assert.NotEmpty(EmailText.Render(EmailPage.CreateCopy(content, LetterSamples.Note("Karl"))).Subject);
                if (tone.IsSentBySms())
                    Assert.NotEmpty(SmsText.Render(content, linksAllowed: true).Body);
            }
        }
    }

    public static TheoryData<FollowUpReason> FollowUps => [.. Enum.GetValues<FollowUpReason>()];

    [Theory]
    [MemberData(nameof(FollowUps))]
    public void Every_follow_up_has_words(FollowUpReason reason) =>
        Assert.All(
            Language.Shipped,
            language =>
                Assert.NotEmpty(
                    new PhraseFormatter(LetterSamples.Letter(NoticeTone.FollowUp) with { Language = language })
                        .Task(new FollowUp(reason) { Text = "Call them" })
                        .ToPlain()
                )
        );

    [Fact]
    public void In_every_shipped_language_a_final_reminder_names_its_date_in_each_channel()
    {
        foreach (var language in Language.Shipped)
        {
            NoticeContent[] contents =
            [
                LetterSamples.Letter(NoticeTone.Final),
                LetterSamples.Several(NoticeTone.Final),
            ];
            foreach (var content in contents.Select(c => c with { Language = language, PayBy = null }))
            {
                Assert.Throws<ArgumentException>(() => EmailPage.Create(content));
                Assert.Throws<ArgumentException>(() => SmsText.Render(content, linksAllowed: false));
            }
        }
    }

    [Theory]
    [InlineData("letters.final.subject")]
    [InlineData("letters.thankYou.openings.other")]
    [InlineData("labels.paymentReference")]
    [InlineData("common.overdue.one")]
    [InlineData("sms.firm.several")]
    [InlineData("dates.months")]
    public void A_missing_phrase_names_the_file_and_the_key(string key)
    {
        var file = TestLanguage.English();
        var path = key.Split('.');
        path[..^1].Aggregate((JsonNode)file, (node, part) => node[part]!).AsObject().Remove(path[^1]);

        var problem = Assert.Throws<InvalidDataException>(() => LanguageFile.Read(file.ToJsonString(), "xx.json"));

        Assert.Contains("xx.json", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"'{key}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plural_form_that_the_rule_needs_is_missed()
    {
        var file = TestLanguage.English();
        file["plural"] = "one-few-many";

        var problem = Assert.Throws<InvalidDataException>(() => LanguageFile.Read(file.ToJsonString(), "ru.json"));

        Assert.Contains(".few'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plural", "\"dual\"")]
    [InlineData("direction", "\"up\"")]
    [InlineData("labels", "\"none\"")]
    public void A_value_that_cannot_be_is_refused(string key, string json)
    {
        var file = TestLanguage.English();
        file[key] = JsonNode.Parse(json);

        Assert.Throws<InvalidDataException>(() => LanguageFile.Read(file.ToJsonString(), "xx.json"));
    }

    [Fact]
    public void A_phrase_may_not_name_what_no_letter_has()
    {
        var file = TestLanguage.English();
        file["letters"]!["final"]!["ask"] = "Pay {amuont}.";

        var problem = Assert.Throws<InvalidDataException>(() => LanguageFile.Read(file.ToJsonString(), "xx.json"));

        Assert.Contains("{amuont}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_language_is_one_more_file_also_right_to_left()
    {
        var language = TestLanguage.RightToLeft();

        var mail = EmailText.Render(
            EmailPage.Create(LetterSamples.Letter(NoticeTone.Friendly) with { Language = language })
        );

        Assert.Contains(
            "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"xr\" dir=\"rtl\">",
            mail.Html,
            StringComparison.Ordinal
        );
        Assert.Contains("class=\"page\" dir=\"rtl\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains(
            "<bdi dir=\"ltr\" style=\"white-space:nowrap;\">2026-0042</bdi>",
            mail.Html,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "align=\"left\"",
            HtmlPage.Parse(mail).Descendants().Single(e => e.Attribute("class")?.Value == "panel").ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("\u20681.190,00 EUR\u2069", mail.Plain.Replace('\u2066', '\u2068'), StringComparison.Ordinal);
        Assert.Contains("\u20685 Tri 2026\u2069", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_to_left_SMS_isolates_what_reads_the_other_way()
    {
        var sms = SmsText.Render(
            LetterSamples.Letter(NoticeTone.Friendly) with
            {
                Language = TestLanguage.RightToLeft(),
            },
            linksAllowed: false
        );

        Assert.Contains("\u20662026-0042\u2069", sms.Body, StringComparison.Ordinal);
        Assert.InRange(sms.Segments, 1, 2);
    }
}
