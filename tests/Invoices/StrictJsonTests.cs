using System.Text;
using Dunning.Http;
using Dunning.Invoices.Formats;

namespace Dunning.Tests.Invoices;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("{'secret':1}")]
    public void What_is_no_json_is_malformed(string body)
    {
        var refusal = Refused(Encoding.UTF8.GetBytes(body));

        Assert.Equal((400, "malformed-json"), (refusal.Status, refusal.Problem));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_position_of_the_error_is_reported() =>
        Assert.Contains("line 2, byte 6", Refused("{\n\"a\": x}"u8.ToArray()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Deep_nesting_is_malformed(int depth) =>
        Assert.Equal(
            "malformed-json",
            Refused(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))).Problem
        );

    [Theory]
    [InlineData("""{"amount":1,"amount":2}""")]
    [InlineData("""{"a":[{"b":1,"\u0062":2}]}""")]
    public void The_same_name_twice_is_refused_at_any_depth(string body) =>
        Assert.Equal("duplicate-property", Refused(Encoding.UTF8.GetBytes(body)).Problem);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        Assert.Equal("invalid-utf8", Refused([.. "{\"a\":\""u8, 0xE4, .. "\"}"u8]).Problem);

    [Theory]
    [InlineData("""{"a":"\ud802"}""")]
    [InlineData("""{"\udc00":1}""")]
    public void Half_a_character_is_refused(string body) =>
        Assert.Equal("invalid-utf8", Refused(Encoding.UTF8.GetBytes(body)).Problem);

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        using var document = JsonInvoice.Parse((byte[])[0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8]);
        Assert.Equal(1, document.RootElement.GetProperty("a").GetInt32());
    }

    private static UnreadableDocumentException Refused(byte[] body) =>
        Assert.Throws<UnreadableDocumentException>(() => JsonInvoice.Parse(body));
}
