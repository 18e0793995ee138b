using System.Security.Cryptography;
using System.Text;
using Dunning.Notices.Sms;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Tests.Payments;
using Dunning.Tests.Payments.Providers.PayPal;
using Dunning.Tests.Payments.Webhooks;

namespace Dunning.Tests.Fuzzing;

/// <summary>The signature headers of providers, with arbitrary content. Only signed bodies may be accepted.</summary>
internal static class SignatureTargets
{
    public const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string StripeSecret = "whsec_first";
    private const string Token = "token",
        Form = "https://h.example:8443/a?b=c";
    private static readonly byte[] _body = """{"id":"evt_1","type":"x"}"""u8.ToArray();
    private static readonly byte[] _altered = """{"id":"evt_2","type":"x"}"""u8.ToArray();

    private static readonly string _json =
        $"https://h.example/a?bodySHA256={Convert.ToHexStringLower(SHA256.HashData(_body))}";

    private static readonly (string Name, string Value)[] _payPal = PayPalStandIn.Sign(_body, ProviderSamples.Now);

    /// <summary>Header names, and the values of a valid request, which are mutated as lines.</summary>
    private static readonly Dictionary<string, (string[] Names, Func<string[]> Values)> _headers = new()
    {
        [StripeProvider.Name] = (
            [StripeSignature.HeaderName],
            () => [StripeSignature.Sign(StripeSecret, _body, ProviderSamples.Now)]
        ),
        [StandardWebhooksProvider.Name] = (
            ["webhook-id", "webhook-timestamp", "webhook-signature"],
            () => [.. StandardSignature.Sign(StandardSecret, "msg_1", _body, ProviderSamples.Now).Values]
        ),
        [PayPalProvider.Name] = (
            [.. _payPal.Select(header => header.Name)],
            () => [.. _payPal.Select(header => header.Value)]
        ),
    };

    public static IEnumerable<FuzzTarget> All =>
        PaymentProviders
            .Names.Where(name => name != MollieClassicProvider.Name)
            .Select(Signature)
            .Append(Twilio)
            .Append(TwilioJson);

    private static FuzzTarget Twilio =>
        new(
            "signature of twilio (form)",
            [
                Lines(
                    Form,
                    TwilioSignature.Sign(Form, [new("From", "+49"), new("Body", "STOP")], Token),
                    "From=+49&Body=STOP"
                ),
            ],
            () =>
                new StatelessFuzzSubject(
                    (input, _) =>
                    {
                        var lines = Split(input, 3);
                        var form = lines[2]
                            .Split('&')
                            .Select(pair =>
                                KeyValuePair.Create(
                                    pair.Split('=')[0],
                                    pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]
                                )
                            );
                        return TwilioSignature.Verify(lines[0], form, lines[1], [Token]);
                    }
                )
        );

    private static FuzzTarget TwilioJson =>
        new(
            "signature of twilio (JSON)",
            [Lines(_json, TwilioSignature.Sign(_json, [], Token))],
            () =>
                new StatelessFuzzSubject(
                    (input, _) => TwilioSignature.Verify(Split(input, 2)[0], _body, Split(input, 2)[1], [Token])
                )
        );

    private static FuzzTarget Signature(string provider)
    {
        var endpoint = WebhookTargets.Endpoint(provider) with { Secrets = [SecretOf(provider)] };
        // Adyen signs items of the body, without a header.
        var isInBody = provider is AdyenProvider.Name or AdyenManualCaptureProvider.Name;
        var sample = ProviderSamples.All.FirstOrDefault(candidate => candidate.Provider == provider);
        var (names, values) = _headers.TryGetValue(provider, out var entry)
            ? entry
            : ([sample!.Header], () => [sample.Headers.GetValueOrDefault(sample.Header, "")]);
        var body = _headers.ContainsKey(provider) ? _body : sample!.Bytes;
        var certificates = PayPalStandIn.Certificates(new StandingClock(ProviderSamples.Now));
        return new(
            $"signature of {provider}",
            [isInBody ? body : Lines(values())],
            () =>
                new AppFuzzSubject(
                    (app, input, _) =>
                    {
                        var headers = isInBody ? [] : names.Zip(Split(input, names.Length)).ToArray();
                        if (isInBody)
                            return IsAccepted(app.ReceiveWebhook(endpoint, certificates, input, headers));
                        Assert.Equal(401, app.ReceiveWebhook(endpoint, certificates, _altered, headers));
                        return IsAccepted(app.ReceiveWebhook(endpoint, certificates, body, headers));
                    }
                )
        );
    }

    private static bool IsAccepted(int status)
    {
        Assert.True(status is 200 or 401, $"answered {status}");
        return status == 200;
    }

    private static string SecretOf(string provider) =>
        provider switch
        {
            StripeProvider.Name => StripeSecret,
            StandardWebhooksProvider.Name => StandardSecret,
            _ => WebhookTargets.Endpoint(provider).Secrets[0],
        };

    private static byte[] Lines(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    private static string[] Split(byte[] input, int count)
    {
        var lines = Encoding.Latin1.GetString(input).Split('\n', count);
        return [.. lines, .. Enumerable.Repeat("", count - lines.Length)];
    }
}
