using Dunning.Replies.Mail;

namespace Dunning.Tests.Replies.Mail;

/// <summary>What mail programs put below an answer, as they write it.</summary>
public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("On Thu, 19 Mar 2026 at 09:30, Maya <a@b.example> wrote:\n> Please pay\n> soon")]
    [InlineData(
        "On Thu, 19 Mar 2026 at 09:30, Harbour & Finch Ltd\n<reminders@harbourfinch.example> wrote:\n\n> Please pay"
    )]
    [InlineData("Am Do., 19. März 2026 um 09:30 Uhr schrieb Maya <a@b.example>:\n\n> Bitte")]
    [InlineData("Den tors. 19. mar. 2026 kl. 09.30 skrev Maya <a@b.example>:\n> Venligst")]
    [InlineData("Le jeu. 19 mars 2026 à 09:30, Maya <a@b.example> a écrit :\n> Merci")]
    [InlineData("El jue, 19 mar 2026 a las 9:30, Maya (<a@b.example>) escribió:\n\nPor favor")]
    [InlineData("Pada Kam, 19 Mar 2026 pukul 09.30 Maya <a@b.example> menulis:\n> Mohon")]
    [InlineData("чт, 19 мар. 2026 г. в 09:30, Maya <a@b.example>:\n\n> Пожалуйста")]
    [InlineData("בתאריך יום ה׳, 19 במרץ 2026 ב-9:30 מאת ‪Maya‬‏ <‪a@b.example‬‏>:\n> אנא")]
    [InlineData("-----Original Message-----\nFrom: Maya\nPlease pay")]
    [InlineData("-----Ursprüngliche Nachricht-----\nVon: Maya\nBitte")]
    [InlineData(
        "From: Maya <a@b.example>\nSent: Thursday, March 19, 2026 9:30 AM\nTo: Tom\nSubject: Reminder\n\nPlease"
    )]
    [InlineData(
        "Von: Maya <a@b.example>\nGesendet: Donnerstag, 19. März 2026 09:30\nAn: Tom\nBetreff: Erinnerung\n\nBitte"
    )]
    [InlineData("De : Maya <a@b.example>\nEnvoyé : jeudi 19 mars 2026 09:30\nÀ : Tom\nObjet : Rappel\n\nMerci")]
    [InlineData("*From:* Maya\n*Sent:* Thursday\n*To:* Tom\n*Subject:* Reminder\n\nPlease")]
    [InlineData("-- \nTom Amber\nAmberley Ltd")]
    [InlineData("> Please pay\n> soon")]
    public void What_a_mail_program_quotes_is_cut(string quoted) =>
        Assert.Equal("I have paid.\n\nTom", QuotedText.Cut($"I have paid.\n\nTom\n\n{quoted}"));

    [Fact]
    public void An_answer_below_and_between_the_quotation_stays() =>
        Assert.Equal(
            "HF-1 is paid.\nHF-2 is not ours.",
            QuotedText.Cut("Maya, 19 March 2026, a@b.example:\n> HF-1\nHF-1 is paid.\n> HF-2\nHF-2 is not ours.")
        );

    [Theory]
    [InlineData("> all of it\n> quoted", "> all of it\n> quoted")]
    [InlineData("I see two things:\n- the price\n- the date", "I see two things:\n- the price\n- the date")]
    [InlineData("From: here on it is clear", "From: here on it is clear")]
    [InlineData("On Monday you wrote to me and I have not seen it", "On Monday you wrote to me and I have not seen it")]
    [InlineData("", "")]
    public void What_a_person_wrote_is_not_cut(string text, string kept) => Assert.Equal(kept, QuotedText.Cut(text));

    [Fact]
    public void A_long_text_is_read_in_a_moment()
    {
        var hostile = string.Concat(Enumerable.Repeat("On a b c d e f g ", 1000)) + "\n";

        Assert.StartsWith(
            "On a b",
            QuotedText.Cut(string.Concat(Enumerable.Repeat(hostile, 2))),
            StringComparison.Ordinal
        );
    }
}
