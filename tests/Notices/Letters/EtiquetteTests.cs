using System.Text.RegularExpressions;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Dunning.Tests.Conventions;

namespace Dunning.Tests.Notices.Letters;

/// <summary>
/// What a good accountant's letter has and has not, in every language, tone and channel: the amount first, a name, a
/// way to pay and to object, no blame, no jargon, no shouting, the right form of address. A formal letter
/// says in as many words as the law wants what follows:
/// <see cref="Scenarios.PreCollectionNotices"/>.
/// </summary>
public sealed partial class EtiquetteTests
{
    private const int MaxSubject = 60;
    private const int MaxWords = 120;

    public static TheoryData<string> Languages => [.. Language.Shipped.Select(language => language.Tag)];

    private static readonly IReadOnlyDictionary<string, LanguageEtiquette> _rules = LanguageEtiquette.All;

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_subject_is_short_and_says_what_it_is_about(string tag) =>
        ScanAssert.Empty(
            from mail in Emails(tag)
            where mail.Text.Subject.Length > MaxSubject || Placeholder().IsMatch(mail.Text.Subject)
            select $"{mail.Name}: {mail.Text.Subject.Length} {mail.Text.Subject}"
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_letter_has_few_words_besides_its_figures(string tag) =>
        ScanAssert.Empty(
            from mail in Emails(tag)
            where !mail.Content.Tone.IsFormal()
            let words = Prose(mail.Content).Sum(sentence => sentence.Split(' ', '\u00A0').Length)
            where words > MaxWords
            select $"{mail.Name}: {words}"
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_letter_greets_by_name_and_is_signed_by_a_person_with_a_phone(string tag) =>
        ScanAssert.Empty(
            from mail in Emails(tag)
            where mail.Content.Tone is not NoticeTone.FollowUp
            where
                !Plain(mail).Contains("Ana", StringComparison.Ordinal)
                || !Plain(mail).Contains("Mette Holm", StringComparison.Ordinal)
                || !Plain(mail).Contains("+45 70 12 34 56", StringComparison.Ordinal)
            select mail.Name
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_demand_says_how_to_pay_to_object_and_what_to_do_when_it_is_paid(string tag)
    {
        var common = Language.For(tag).Common;
        string[] needed =
        [
            WordsOf(common.Questions),
            WordsOf(common.AlreadyPaid),
            "DK50 0040 0440 1162 43",
            "2026-0042",
        ];

        ScanAssert.Empty(
            from mail in Emails(tag)
            where mail.Content is { AsksForMoney: true, Tone: not NoticeTone.Statement }
            from words in needed
            where !Plain(mail).Contains(words, StringComparison.Ordinal)
            select $"{mail.Name}: {words}"
        );
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Nothing_blames_threatens_or_speaks_in_jargon(string tag) =>
        ScanAssert.Empty(
            from message in Messages(tag)
            where !message.Tone.IsFormal()
            from match in _rules[tag].Never.Matches(message.Text).Cast<Match>()
            select $"{message.Name}: {match.Value}"
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_reader_is_addressed_as_is_usual(string tag) =>
        ScanAssert.Empty(
            from message in Messages(tag)
            where _rules[tag].WrongAddress is not null
            from match in _rules[tag].WrongAddress!.Matches(message.Text).Cast<Match>()
            select $"{message.Name}: {match.Value}"
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Nothing_shouts(string tag) =>
        ScanAssert.Empty(
            from message in Messages(tag)
            let text = Codes().Replace(message.Text, "")
            where Capitals().IsMatch(text) || text.Contains("!!", StringComparison.Ordinal)
            select $"{message.Name}: {Capitals().Match(text).Value}"
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Who_has_paid_is_thanked(string tag)
    {
        var thanks = Messages(tag).Where(message => message.Tone is NoticeTone.ThankYou).ToList();

        Assert.Equal(4, thanks.Count);
        Assert.All(thanks, message => Assert.Matches(_rules[tag].Thanks, message.Text));
    }

    /// <summary>Where the alphabet allows it: one SMS is paid, not three.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void An_SMS_is_two_segments_at_most_and_names_creditor_invoice_and_amount(string tag) =>
        ScanAssert.Empty(
            from sms in Messages(tag)
            where sms.Segments > 0
            where sms.Segments > 2 || !sms.Text.Contains("Fjordlys", StringComparison.Ordinal)
            select $"{sms.Name}: {sms.Segments} {sms.Text}"
        );

    private static string Plain(Mail mail) => mail.Text.Plain;

    /// <summary>The sentences of a letter, without lists and figures.</summary>
    private static IEnumerable<string> Prose(NoticeContent content)
    {
        var page = EmailPage.Create(content);
        Sentence?[] sentences =
        [
            page.Greeting,
            page.Opening,
            .. page.Notes,
            page.Request,
            page.Payment?.Questions,
            page.Payment?.AlreadyPaid,
            page.Payment?.AskForAccount,
        ];
        return sentences.OfType<Sentence>().Select(sentence => sentence.ToPlain());
    }

    private static string WordsOf(Phrase phrase) =>
        phrase.Fill(new Dictionary<string, IReadOnlyList<TextSpan>>(), false).ToPlain();

    private static IEnumerable<Mail> Emails(string tag) =>
        from tone in Enum.GetValues<NoticeTone>()
        where tone.HasPhrases() && tone is not NoticeTone.Statement
        from content in new[] { LetterSamples.Letter(tone), LetterSamples.Several(tone) }
        let own = content with
        {
            Language = Language.For(tag),
        }
        select new Mail(
            $"{tone} {(own.OnlyInvoice is null ? "several" : "one")}",
            own,
            EmailText.Render(EmailPage.Create(own))
        );

    /// <summary>All that a customer reads: emails, and text messages.</summary>
    private static IEnumerable<(string Name, NoticeTone Tone, string Text, int Segments)> Messages(string tag) =>
        Emails(tag)
            .Where(mail => mail.Content.Tone is not NoticeTone.FollowUp)
            .SelectMany(mail =>
            {
                var written = (mail.Name, mail.Content.Tone, $"{mail.Text.Subject}\n{mail.Text.Plain}", 0);
                if (!mail.Content.Tone.IsSentBySms())
                    return [written];
                var sms = SmsText.Render(mail.Content, linksAllowed: true);
                return new[] { written, ($"SMS {mail.Name}", mail.Content.Tone, sms.Body, sms.Segments) };
            });

    private sealed record Mail(string Name, NoticeContent Content, EmailText Text);

    [GeneratedRegex(@"[{}]")]
    private static partial Regex Placeholder();

    /// <summary>Codes and names that are written in capitals.</summary>
    [GeneratedRegex(
        @"https?://\S+|\b[A-Z]{2}[0-9A-Z ]{10,}|PO-\d+|\b(IBAN|BIC|DABADKKK|EUR|DKK|SMS|SWIFT|RF18|STOP|CVR|UStIdNr)\b"
    )]
    private static partial Regex Codes();

    [GeneratedRegex(@"\p{Lu}{4,}")]
    private static partial Regex Capitals();
}
