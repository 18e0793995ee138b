using Dunning.Receivables;
using Dunning.Replies;

namespace Dunning.Tests.Replies;

public sealed class ReplyKeywordsTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop ")]
    [InlineData("Stop.")]
    [InlineData("“STOP”")]
    [InlineData("stop all")]
    [InlineData("Unsubscribe")]
    [InlineData("end")]
    [InlineData("afmeld")]
    [InlineData("Abmelden")]
    [InlineData("arrêt")]
    [InlineData("arre\u0302t")]
    [InlineData("baja")]
    [InlineData("berhenti")]
    [InlineData("стоп")]
    [InlineData("הסר")]
    public void A_message_that_is_a_stop_keyword_stops_SMS(string body) =>
        Assert.Equal(ReplyMeaning.Stop, ReplyKeywords.Read(body, null));

    /// <summary>The keyword lists of Twilio, Telnyx and AWS, and the keywords of our languages.</summary>
    [Fact]
    public void Every_keyword_of_the_lists_stops_SMS() =>
        Assert.All(
            (
                "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT OPT-OUT REMOVE TD FRAMELD AFMELD STOPP "
                + "ABMELDEN ARRET BAJA ALTO BATAL HENTI BERHENTI СТОП ОТПИСАТЬСЯ הסר"
            ).Split(' '),
            word => Assert.Equal(ReplyMeaning.Stop, ReplyKeywords.Read(word, null))
        );

    [Theory]
    [InlineData("STOP PLEASE", true)]
    [InlineData("Don't text me any more", true)]
    [InlineData("do not contact me", true)]
    [InlineData("please stop!", true)]
    [InlineData("Paid on Friday", false)]
    [InlineData("bestop", false)]
    [InlineData("", false)]
    public void A_longer_message_is_for_a_person_who_is_told_that_it_may_mean_stop(string body, bool may)
    {
        Assert.Equal(ReplyMeaning.Message, ReplyKeywords.Read(body, null));
        Assert.Equal(may, ReplyKeywords.MayMeanStop(body));
    }

    [Theory]
    [InlineData("start", ReplyMeaning.Start)]
    [InlineData("Yes", ReplyMeaning.Start)]
    [InlineData("UNSTOP", ReplyMeaning.Start)]
    [InlineData("help", ReplyMeaning.Help)]
    [InlineData("Info", ReplyMeaning.Help)]
    [InlineData("Hilfe", ReplyMeaning.Help)]
    public void The_other_words(string body, ReplyMeaning meaning) =>
        Assert.Equal(meaning, ReplyKeywords.Read(body, null));

    [Fact]
    public void Twilios_own_reading_wins_and_is_answered_by_Twilio()
    {
        Assert.Equal(ReplyMeaning.Stop, ReplyKeywords.Read("nope", "STOP"));
        Assert.True(ReplyKeywords.IsAnsweredByTwilio("nope", "STOP"));
        Assert.True(ReplyKeywords.IsAnsweredByTwilio("stop", null));
        Assert.False(ReplyKeywords.IsAnsweredByTwilio("afmeld", null));
        Assert.False(ReplyKeywords.IsAnsweredByTwilio("help", null));
    }
}
