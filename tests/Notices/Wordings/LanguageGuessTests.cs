using Dunning.Notices.Localization;
using Dunning.Notices.Wordings;

namespace Dunning.Tests.Notices.Wordings;

public sealed class LanguageGuessTests
{
    /// <summary>
    /// Malay and Indonesian, and Danish and German, share words: what is shipped must never be doubted.
    /// </summary>
    [Fact]
    public void No_shipped_text_is_taken_for_another_language()
    {
        var doubted =
            from language in Language.Shipped
            from text in LanguageFile.TextsOf(language)
            where LanguageGuess.OtherThan(language, text.Value) is not null
            select $"{language.Tag} {text.Key}: {text.Value}";

        Assert.Empty(doubted);
    }

    [Theory]
    [InlineData("da", "de")]
    [InlineData("de", "fr")]
    [InlineData("en", "es")]
    [InlineData("fr", "en")]
    [InlineData("ru", "he")]
    [InlineData("he", "en")]
    [InlineData("id", "da")]
    public void The_text_of_another_language_is_noticed(string tag, string other)
    {
        var text = LanguageFile.TextsOf(Language.For(other))["letters.firm.opening"];

        Assert.Equal(other, LanguageGuess.OtherThan(Language.For(tag), text));
    }
}
