using Dunning.Payments.Providers;
using Dunning.Payments.Providers.PayPal;

namespace Dunning.Payments.Webhooks;

public enum WebhookVerdict
{
    Genuine,
    Forged,

    /// <summary>What is needed for checking cannot be had now.</summary>
    Unknown,
}

/// <summary>Judges a webhook by its provider's way of signing.</summary>
public sealed class WebhookVerification(PayPalCertificates certificates, TimeProvider clock)
{
    /// <summary>Checked in place of an unknown endpoint's secret, so that its answer takes as long.</summary>
    private static readonly WebhookEndpoint _dummyEndpoint = new()
    {
        Secrets = ["whsec_bm8gc3VjaCBlbmRwb2ludCwgbm8gc3VjaCBzZWNyZXQ="],
    };

    /// <param name="endpoint">Null for one that does not exist: nothing is genuine then.</param>
    public async Task<WebhookVerdict> JudgeAsync(
        string provider,
        WebhookEndpoint? endpoint,
        WebhookRequest request,
        CancellationToken cancellationToken
    )
    {
        var by = endpoint ?? _dummyEndpoint;
        var now = clock.GetUtcNow();
        var genuine = provider switch
        {
            // Mollie's classic webhook is not signed: whoever knows the endpoint's key can make us read a payment, and
            // no more.
            PaymentProviders.MollieClassic => endpoint is not null,
            PaymentProviders.PayPal when endpoint is not null => await IsPayPalAsync(
                endpoint,
                request,
                now,
                cancellationToken
            ),
            _ => WebhookSignatures.Verify(
                provider,
                request,
                by.Secrets,
                now,
                TimeSpan.FromSeconds(by.ToleranceSeconds)
            ),
        };
        return genuine switch
        {
            true => WebhookVerdict.Genuine,
            false => WebhookVerdict.Forged,
            null => WebhookVerdict.Unknown,
        };
    }

    private async Task<bool?> IsPayPalAsync(
        WebhookEndpoint endpoint,
        WebhookRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!PayPalSignature.IsRecent(request, now) || PayPalSignature.CertificateAddress(request) is not { } address)
            return false;
        try
        {
            using var key = await certificates.FindKeyAsync(address, endpoint, cancellationToken);
            return key is not null && PayPalSignature.Verify(request, endpoint.WebhookId!, key);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
