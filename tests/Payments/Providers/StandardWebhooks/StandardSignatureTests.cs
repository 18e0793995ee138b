using System.Text;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Providers.StandardWebhooks;

public sealed class StandardSignatureTests
{
    // The example from the Standard Webhooks libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Time = "1614265330";
    private const string Body = """{"test": 2432232314}""";
    private const string Mac = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Other = "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    private static readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void Our_own_headers_are_those_of_the_published_example()
    {
        var headers = StandardSignature.Sign(Secret, Id, Encoding.UTF8.GetBytes(Body), _now);

        Assert.Equal(
            (Id, Time, $"v1,{Mac}"),
            (headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"])
        );
    }

    [Theory]
    [InlineData($"v1,{Mac}", "alone")]
    [InlineData($"v1,{Other} v2,{Other} v1,{Mac}", "among others")]
    [InlineData($"garbage , v1 v1, v1a,{Mac} v1,{Mac}", "malformed tokens before the right one")]
    public void A_right_signature_is_accepted(string signature, string because) =>
        Assert.True(Verify(signature), because);

    [Theory]
    [InlineData(null, "no header")]
    [InlineData("", "empty")]
    [InlineData("v1,", "empty value")]
    [InlineData(Mac, "no version")]
    [InlineData($"v1,{Other}", "right length, wrong MAC")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", "truncated")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", "the same bytes in another spelling")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\n", "a newline after")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIK\ttSyZlE3uFJELVlNIOLJ1OE=", "white space inside")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEA", "33 bytes")]
    [InlineData("v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=", "the URL alphabet")]
    [InlineData($"v1a,{Mac}", "only v1a")]
    [InlineData($"V1,{Mac}", "another letter case")]
    [InlineData($"v1,{Mac},v1,{Mac}", "the header twice, joined as HTTP does")]
    [InlineData($"v1,é{Mac}", "not ASCII")]
    public void Anything_else_is_refused(string? signature, string because) => Assert.False(Verify(signature), because);

    [Theory]
    [InlineData("webhook-")]
    [InlineData("svix-")]
    [InlineData("Webhook-")]
    [InlineData("SVIX-")]
    public void Both_names_of_the_headers_are_known_in_any_case(string prefix) =>
        Assert.True(Verify($"v1,{Mac}", prefix: prefix));

    [Fact]
    public void Headers_of_the_two_names_are_not_mixed()
    {
        var mixed = Request("webhook-", "v1," + Other).Concat(Request("svix-", "v1," + Mac)).ToDictionary();

        Assert.False(
            WebhookSignatures.Verify(
                StandardWebhooksProvider.Name,
                new(mixed, Encoding.UTF8.GetBytes(Body)),
                [Secret],
                _now
            )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("msg.1614265000")]
    public void An_id_that_could_be_cut_elsewhere_is_refused_even_when_it_is_signed(string id) =>
        Assert.False(VerifySigned(id, _now));

    [Fact]
    public void An_id_too_long_for_a_key_is_refused() => Assert.False(VerifySigned(new string('m', 256), _now));

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Five_minutes_either_way_are_allowed(int secondsLater, bool accepted) =>
        Assert.Equal(accepted, VerifySigned(Id, _now.AddSeconds(secondsLater)));

    [Theory]
    [InlineData(true, "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", Secret)]
    [InlineData(true, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData(false, "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3")]
    [InlineData(false, "whsec_")]
    [InlineData(false, "")]
    [InlineData(false, Secret, "whsec_")]
    [InlineData(false, Secret, "whsec_not base64!")]
    public void Any_configured_secret_may_match_but_an_unreadable_one_refuses_everything(
        bool accepted,
        params string[] secrets
    )
    {
        var request = new WebhookRequest(Request("webhook-", "v1," + Mac), Encoding.UTF8.GetBytes(Body));

        Assert.Equal(accepted, WebhookSignatures.Verify(StandardWebhooksProvider.Name, request, secrets, _now));
    }

    private static bool Verify(string? signature, string prefix = "webhook-") =>
        WebhookSignatures.Verify(
            StandardWebhooksProvider.Name,
            new(Request(prefix, signature), Encoding.UTF8.GetBytes(Body)),
            [Secret],
            _now
        );

    private static bool VerifySigned(string id, DateTimeOffset at)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        return WebhookSignatures.Verify(
            StandardWebhooksProvider.Name,
            new(StandardSignature.Sign(Secret, id, body, _now), body),
            [Secret],
            at
        );
    }

    private static Dictionary<string, string> Request(string prefix, string? signature)
    {
        var headers = new Dictionary<string, string> { [prefix + "id"] = Id, [prefix + "timestamp"] = Time };
        if (signature is not null)
            headers[prefix + "signature"] = signature;
        return headers;
    }
}
