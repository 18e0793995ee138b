using System.IO.Compression;
using System.Text;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Webhooks;

/// <summary>Correctly signed bodies that cannot be processed.</summary>
public sealed class WebhookBodyTests
{
    private const string Good =
        """{"id":"evt_1","object":"event","type":"ping","created":1767225600,"livemode":true}""";

    public static TheoryData<string, byte[]> Unreadable() =>
        new()
        {
            { "empty", [] },
            { "white space", " \n"u8.ToArray() },
            { "invalid UTF-8", [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8] },
            { "overlong UTF-8", [.. "{\"a\":\""u8, 0xC0, 0xAF, .. "\"}"u8] },
            { "UTF-16", Encoding.Unicode.GetBytes(Good) },
            { "two marks", [.. "\uFEFF\uFEFF"u8, .. Encoding.UTF8.GetBytes(Good)] },
            { "duplicate property", """{"id":"evt_1","amount":1,"amount":100}"""u8.ToArray() },
            { "duplicate property by escape", """{"id":"evt_1","amount":1,"\u0061mount":100}"""u8.ToArray() },
            { "half a surrogate pair as a name", """{"\ud802":1,"\ud802":2}"""u8.ToArray() },
            { "65 deep", Encoding.UTF8.GetBytes(Nested(65)) },
            { "100,000 brackets", Encoding.UTF8.GetBytes(new string('[', 100_000)) },
            { "two values", Encoding.UTF8.GetBytes(Good + Good) },
            { "trailing comma", """{"id":"evt_1",}"""u8.ToArray() },
            { "comment", """{"id":"evt_1"} // fine"""u8.ToArray() },
            { "gzip", Gzip(Good) },
        };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Becomes_an_event_for_a_person(string because, byte[] body)
    {
        foreach (var provider in new[] { StripeProvider.Name, StandardWebhooksProvider.Name })
        {
            var one = Assert.Single(PaymentEvents.Read(provider, new([], body)));

            Assert.True(one is { Problem: not null, Live: true, Changes: [] }, because);
            Assert.StartsWith("sha256:", one.Id, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[" + Good + "]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"evt_1\"")]
    [InlineData("{}")]
    public void A_Stripe_body_that_is_no_event_is_one_for_a_person(string body) =>
        Assert.NotNull(
            Assert.Single(PaymentEvents.Read(StripeProvider.Name, new([], Encoding.UTF8.GetBytes(body)))).Problem
        );

    [Fact]
    public void A_byte_order_mark_and_64_levels_are_read()
    {
        Assert.Null(
            Assert
                .Single(PaymentEvents.Read(StripeProvider.Name, new([], Encoding.UTF8.GetBytes("\uFEFF" + Good))))
                .Problem
        );
        Assert.True(WebhookBody.TryParse(Encoding.UTF8.GetBytes(Nested(64)), out _, out _));
    }

    [Fact]
    public void The_same_unreadable_body_has_the_same_id_and_another_has_another()
    {
        string IdOf(string body) =>
            PaymentEvents.Read(StripeProvider.Name, new([], Encoding.UTF8.GetBytes(body)))[0].Id;

        Assert.Equal(IdOf("{"), IdOf("{"));
        Assert.NotEqual(IdOf("{"), IdOf("["));
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
