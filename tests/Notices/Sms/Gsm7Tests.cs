using Dunning.Notices.Sms;

namespace Dunning.Tests.Notices.Sms;

/// <summary>3GPP TS 23.038.</summary>
public sealed class Gsm7Tests
{
    [Theory]
    [InlineData("æøåäöüñéèàÆØÅß£$¥¿¡§")]
    [InlineData("ΔΦΓΛΩΠΨΣΘΞ@_")]
    [InlineData("{}[]~\\|^€")]
    public void These_are_in_the_alphabet(string text) => Assert.True(Gsm7.Measure(text).IsGsm7);

    [Theory]
    [InlineData("ç")]
    [InlineData("û")]
    [InlineData("í")]
    [InlineData("ê")]
    [InlineData("–")]
    [InlineData("₽")]
    [InlineData("₪")]
    [InlineData("\u00A0")]
    [InlineData("\u202F")]
    [InlineData("я")]
    public void These_are_not(string text) => Assert.False(Gsm7.Measure(text).IsGsm7);

    [Theory]
    [InlineData("a", 0, 1)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("a", 459, 3)]
    [InlineData("a", 460, 4)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    // 153 is odd: an escape pair is not split, so a segment holds 76.
    [InlineData("€", 152, 2)]
    [InlineData("€", 153, 3)]
    [InlineData("я", 70, 1)]
    [InlineData("я", 71, 2)]
    [InlineData("я", 134, 2)]
    [InlineData("я", 135, 3)]
    [InlineData("😀", 35, 1)]
    [InlineData("😀", 36, 2)]
    // 67 is odd: a surrogate pair is not split, so a segment holds 33.
    [InlineData("😀", 66, 2)]
    [InlineData("😀", 67, 3)]
    public void Parts_are_counted_as_a_carrier_bills_them(string character, int times, int segments) =>
        Assert.Equal(segments, Gsm7.Measure(string.Concat(Enumerable.Repeat(character, times))).Segments);

    [Fact]
    public void One_foreign_character_halves_the_room() =>
        Assert.Equal(3, Gsm7.Measure(new string('a', 153) + "я").Segments);

    [Theory]
    [InlineData("1\u202F234,50\u00A0EUR", "1 234,50 EUR")]
    [InlineData("“don’t” – wait…", "\"don't\" - wait...")]
    [InlineData("zero\u200Bwidth\u00AD", "zerowidth")]
    [InlineData("e\u0301", "é")]
    [InlineData("ça û я", "ça û я")]
    public void Only_what_looks_the_same_is_replaced(string text, string expected) =>
        Assert.Equal(expected, Gsm7.Normalise(text));
}
