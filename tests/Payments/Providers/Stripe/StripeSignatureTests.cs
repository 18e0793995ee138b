using System.Text;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Providers.Stripe;

public sealed class StripeSignatureTests
{
    private const string Secret = "whsec_first";
    private const string Time = "1767225600";
    private const string Body = """{"id":"evt_1","note":"Zoë 💶"}""";

    // Computed with Python's hmac over "1767225600." and the body.
    private const string Mac = "a1e45172785db353561117ea4a66dcfb488068713ee5bd077f3e4df8ad6607b9";
    private const string MacOfSecondSecret = "428bf65c5767dacb31fc6945dc579e016e0b671edf154c65e1eaa1c5f5f910ae";
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Our_own_signature_is_the_one_Stripe_would_send() =>
        Assert.Equal($"t={Time},v1={Mac}", StripeSignature.Sign(Secret, Encoding.UTF8.GetBytes(Body), _now));

    [Theory]
    [InlineData($"t={Time},v1={Mac}", "alone")]
    [InlineData($"v1={Mac},t={Time}", "time last")]
    [InlineData($"t={Time},v0=6ffbb59b,v1={Mac}", "the test signature is passed over")]
    [InlineData($"t={Time},v1=potato,garbage,,=,v1={Mac}", "garbage before the right one")]
    [InlineData($"t={Time},v1={MacOfSecondSecret},v1={Mac}", "two while the secret is rolled")]
    public void A_right_signature_is_accepted(string header, string because) => Assert.True(Verify(header), because);

    [Theory]
    [InlineData(null, "no header")]
    [InlineData("", "empty")]
    [InlineData($"t={Time}", "no signature")]
    [InlineData($"v1={Mac}", "no time")]
    [InlineData($"t={Time},v1={MacOfSecondSecret}", "right length, other secret")]
    [InlineData($"t={Time},v1=b1e45172785db353561117ea4a66dcfb488068713ee5bd077f3e4df8ad6607b9", "one digit changed")]
    [InlineData($"t={Time},v1=a1e45172785db353561117ea4a66dcfb488068713ee5bd077f3e4df8ad6607b", "odd length")]
    [InlineData($"t={Time},v1={Mac}0", "a digit too many")]
    [InlineData($"t={Time},v1= {Mac}", "white space")]
    [InlineData($"t={Time},v1=A1E45172785DB353561117EA4A66DCFB488068713EE5BD077F3E4DF8AD6607B9", "upper-case hex")]
    [InlineData($"t={Time},v0={Mac}", "only v0")]
    [InlineData($"t={Time},v2={Mac}", "only v2")]
    [InlineData($"t={Time},v1é={Mac}", "not ASCII")]
    [InlineData($"t={Time},t={Time},v1={Mac}", "two times")]
    [InlineData($"t={Time},v1={Mac},t={Time},v1={Mac}", "the header twice, joined as HTTP does")]
    public void Anything_else_is_refused(string? header, string because) => Assert.False(Verify(header), because);

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("+1767225600")]
    [InlineData("-1767225600")]
    [InlineData(" 1767225600")]
    [InlineData("1767225600\0")]
    [InlineData("1767225600.5")]
    [InlineData("1767225600000")]
    [InlineData("17672256001767225600")]
    [InlineData("١٧٦٧٢٢٥٦٠٠")]
    public void A_time_that_is_not_Unix_seconds_in_ASCII_digits_is_refused_even_when_it_is_signed(string time)
    {
        var mac = Dunning.Payments.Webhooks.Mac.Compute(
            StripeSignature.Key(Secret),
            time + ".",
            Encoding.UTF8.GetBytes(Body)
        );

        Assert.False(Verify($"t={time},v1={Convert.ToHexStringLower(mac)}"));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Five_minutes_either_way_are_allowed(int secondsLater, bool accepted) =>
        Assert.Equal(accepted, Verify($"t={Time},v1={Mac}", at: _now.AddSeconds(secondsLater)));

    [Fact]
    public void Ten_thousand_wrong_signatures_are_refused_and_one_right_among_them_is_found()
    {
        var wrong = string.Concat(Enumerable.Repeat($",v1={MacOfSecondSecret}", 10_000));

        Assert.False(Verify($"t={Time}{wrong}"));
        Assert.True(Verify($"t={Time}{wrong},v1={Mac}"));
    }

    [Theory]
    [InlineData("""{"id":"evt_1", "note":"Zoë 💶"}""")]
    [InlineData("{\"id\":\"evt_1\",\"note\":\"Zoë 💶\"}\n")]
    [InlineData("{\"id\":\"evt_1\",\"note\":\"Zoë 💶\"}\r\n")]
    [InlineData("\uFEFF{\"id\":\"evt_1\",\"note\":\"Zoë 💶\"}")]
    [InlineData("""{"id":"evt_1","note":"Zo\u00eb 💶"}""")]
    [InlineData("")]
    public void The_same_meaning_in_other_bytes_is_refused(string body) =>
        Assert.False(Verify($"t={Time},v1={Mac}", body: body));

    [Theory]
    [InlineData(true, "whsec_second", Secret)]
    [InlineData(true, Secret, "whsec_second")]
    [InlineData(false, "whsec_second")]
    [InlineData(false)]
    [InlineData(false, "")]
    [InlineData(false, " ")]
    [InlineData(false, Secret, "")]
    public void Any_configured_secret_may_match_but_an_empty_one_refuses_everything(
        bool accepted,
        params string[] secrets
    ) =>
        Assert.Equal(
            accepted,
            WebhookSignatures.Verify(StripeProvider.Name, Request($"t={Time},v1={Mac}", Body), secrets, _now)
        );

    [Fact]
    public void A_signature_with_an_empty_key_is_refused()
    {
        var mac = Convert.ToHexStringLower(
            Dunning.Payments.Webhooks.Mac.Compute([], Time + ".", Encoding.UTF8.GetBytes(Body))
        );

        Assert.False(WebhookSignatures.Verify(StripeProvider.Name, Request($"t={Time},v1={mac}", Body), [""], _now));
    }

    [Fact]
    public void An_unknown_provider_is_refused() =>
        Assert.False(WebhookSignatures.Verify("stripes", Request($"t={Time},v1={Mac}", Body), [Secret], _now));

    private static bool Verify(string? header, string body = Body, DateTimeOffset? at = null) =>
        WebhookSignatures.Verify(StripeProvider.Name, Request(header, body), [Secret], at ?? _now);

    private static WebhookRequest Request(string? header, string body) =>
        new(header is null ? [] : [KeyValuePair.Create("stripe-signature", header)], Encoding.UTF8.GetBytes(body));
}
