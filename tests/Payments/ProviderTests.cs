using System.ComponentModel.DataAnnotations;
using System.Text;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Payments.Webhooks;

namespace Dunning.Tests.Payments;

/// <summary>For each provider, a sample webhook: signed, verified, read.</summary>
public sealed class ProviderTests
{
    public static TheoryData<string> Names() => [.. ProviderSamples.All.Select(sample => sample.Provider)];

    public static TheoryData<string> Signed() =>
        [
            .. ProviderSamples
                .All.Select(sample => sample.Provider)
                .Where(name => PaymentProviders.Find(name)!.NeedsSecrets),
        ];

    [Fact]
    public void Every_provider_has_a_sample() =>
        Assert.Equal(
            PaymentProviders.Names.Except([StripeProvider.Name, StandardWebhooksProvider.Name]),
            ProviderSamples.All.Select(sample => sample.Provider).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_delivery_means_what_the_sample_says(string provider)
    {
        var sample = ProviderSamples.For(provider);

        Assert.Equal(
            sample.Meaning,
            ChangeText.Format(PaymentEvents.Read(provider, new(sample.Headers, sample.Bytes)))
        );
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public void Its_signature_is_accepted_with_any_of_two_secrets_and_no_other(string provider)
    {
        var sample = ProviderSamples.For(provider);
        var other = sample.Secret == ProviderSamples.Hex ? ProviderSamples.Hex.Replace('4', '5') : "another";

        Assert.True(IsSigned(sample, sample.Secret));
        Assert.True(IsSigned(sample, other, sample.Secret));
        Assert.False(IsSigned(sample, other));
        Assert.False(IsSigned(sample, sample.Secret, ""));
        Assert.False(IsSigned(sample));
    }

    [Theory]
    [MemberData(nameof(Signed))]
    public void Without_its_header_or_with_the_body_changed_it_is_refused(string provider)
    {
        var sample = ProviderSamples.For(provider);
        var changed = sample
            .Body.Replace("11900", "11901", StringComparison.Ordinal)
            .Replace("119.00", "119.01", StringComparison.Ordinal);

        if (sample.Signature is not null)
        {
            Assert.False(Verify(sample, sample.Body, [], sample.Secret));
            Assert.False(Verify(sample, sample.Body + "\n", sample.Headers, sample.Secret));
            Assert.False(Verify(sample, sample.Body, new() { [sample.Header] = "" }, sample.Secret));
            Assert.False(
                Verify(
                    sample,
                    sample.Body,
                    new() { [sample.Header] = sample.Headers[sample.Header].ToUpperInvariant() },
                    sample.Secret
                )
            );
        }
        Assert.False(changed != sample.Body && Verify(sample, changed, sample.Headers, sample.Secret));
    }

    [Fact]
    public void Adyen_needs_every_item_signed_and_what_is_not_signed_has_no_effect()
    {
        var sample = ProviderSamples.For(AdyenProvider.Name);
        var item = sample.Body[(sample.Body.IndexOf('[', StringComparison.Ordinal) + 1)..sample.Body.LastIndexOf(']')];
        var late = sample.Body.Replace("2026-01-05T09", "2030-01-05T09", StringComparison.Ordinal);

        Assert.True(
            Verify(sample, sample.Body.Replace(item, $"{item},{item}", StringComparison.Ordinal), [], sample.Secret)
        );
        Assert.False(
            Verify(
                sample,
                sample.Body.Replace(
                    item,
                    $"{item},{item.Replace("8853", "8854", StringComparison.Ordinal)}",
                    StringComparison.Ordinal
                ),
                [],
                sample.Secret
            )
        );
        Assert.False(Verify(sample, sample.Body.Replace(item, "", StringComparison.Ordinal), [], sample.Secret));
        Assert.False(Verify(sample, "{", [], sample.Secret));
        Assert.True(Verify(sample, late, [], sample.Secret));
        var (before, after) = (Read(AdyenProvider.Name, sample.Body), Read(AdyenProvider.Name, late));
        Assert.Equal(
            (before.Id, before.OccurredAt, ChangeText.Format(before)),
            (after.Id, after.OccurredAt, ChangeText.Format(after))
        );
    }

    [Theory]
    [InlineData("http://dunning.example/api/webhooks/square/key")]
    [InlineData(ProviderSamples.Url + "/")]
    [InlineData(null)]
    public void Square_signs_the_address_letter_for_letter(string? url)
    {
        var sample = ProviderSamples.For(SquareProvider.Name);

        Assert.False(
            WebhookSignatures.Verify(
                sample.Provider,
                new(sample.Headers, sample.Bytes, url),
                [sample.Secret],
                ProviderSamples.Now
            )
        );
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Paddle_is_given_five_minutes(int seconds, bool accepted)
    {
        var sample = ProviderSamples.For(PaddleProvider.Name);

        Assert.Equal(
            accepted,
            WebhookSignatures.Verify(
                sample.Provider,
                new(sample.Headers, sample.Bytes),
                [sample.Secret],
                ProviderSamples.Now.AddSeconds(seconds)
            )
        );
    }

    [Theory]
    [InlineData(AdyenProvider.Name, "not hex")]
    [InlineData(AdyenPlatformProvider.Name, "abc")]
    public void An_Adyen_key_is_hex(string provider, string secret) =>
        Assert.Contains(
            "Secrets",
            FlawOf(
                new()
                {
                    Provider = provider,
                    Key = Key,
                    Secrets = [secret],
                }
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(SquareProvider.Name, "Url")]
    [InlineData(PayPalProvider.Name, "WebhookId")]
    [InlineData(GoCardlessProvider.Name, "ApiToken")]
    [InlineData(MollieClassicProvider.Name, "ApiToken")]
    [InlineData("braintree", "Provider")]
    public void A_missing_setting_of_a_provider_is_reported_by_its_name(string provider, string setting) =>
        Assert.StartsWith(
            setting,
            FlawOf(
                new()
                {
                    Provider = provider,
                    Key = Key,
                    Secrets = ["s"],
                }
            ),
            StringComparison.Ordinal
        );

    private const string Key = "0123456789abcdef";

    /// <summary>The first problem, as <c>Property: correction</c>.</summary>
    internal static string FlawOf(WebhookEndpoint endpoint) =>
        endpoint
            .Validate(new ValidationContext(endpoint))
            .Select(flaw => $"{flaw.MemberNames.Single()}: {flaw.ErrorMessage}")
            .First();

    private static PaymentEvent Read(string provider, string body) =>
        Assert.Single(PaymentEvents.Read(provider, new([], Encoding.UTF8.GetBytes(body))));

    private static bool IsSigned(ProviderSamples.Sample sample, params string[] secrets) =>
        Verify(sample, sample.Body, sample.Headers, secrets);

    private static bool Verify(
        ProviderSamples.Sample sample,
        string body,
        Dictionary<string, string> headers,
        params string[] secrets
    ) =>
        WebhookSignatures.Verify(
            sample.Provider,
            new(headers, Encoding.UTF8.GetBytes(body), ProviderSamples.Url),
            secrets,
            ProviderSamples.Now
        );

    [Fact]
    public void An_endpoint_that_is_printed_shows_none_of_its_secrets()
    {
        var endpoint = new WebhookEndpoint
        {
            Provider = GoCardlessProvider.Name,
            Key = "a-key-in-the-address",
            Secrets = ["a-signing-secret"],
            ApiToken = "a-token",
        };

        Assert.Equal($"gocardless {endpoint.Id}", $"{endpoint}");
    }
}
