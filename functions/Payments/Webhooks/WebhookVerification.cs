using Dunning.Payments.Providers;
using Dunning.Payments.Providers.PayPal;

namespace Dunning.Payments.Webhooks;

/// <summary>The result of verifying a webhook.</summary>
public enum WebhookVerdict
{
    /// <summary>The signature is valid, or the provider does not sign and the endpoint's key is right.</summary>
    Genuine,

    /// <summary>The signature is missing, invalid or outdated, or the endpoint does not exist.</summary>
    Forged,

    /// <summary>The provider's certificate is unavailable at the moment.</summary>
    Unknown,
}

/// <summary>Verifies a webhook by its provider's signature scheme.</summary>
public sealed class WebhookVerification(PayPalCertificates certificates, TimeProvider clock)
{
    /// <summary>
    /// Used for an unknown endpoint, so that the response time does not reveal whether an endpoint exists.
    /// </summary>
    private static readonly WebhookEndpoint _dummyEndpoint = new()
    {
        Secrets = ["whsec_bm8gc3VjaCBlbmRwb2ludCwgbm8gc3VjaCBzZWNyZXQ="],
    };

    /// <param name="endpoint">Null for an endpoint that does not exist: the caller answers 404 in any case.</param>
    public async Task<WebhookVerdict> JudgeAsync(
        string provider,
        WebhookEndpoint? endpoint,
        WebhookRequest request,
        CancellationToken cancellationToken
    )
    {
        var checkedEndpoint = endpoint ?? _dummyEndpoint;
        var now = clock.GetUtcNow();
        var isGenuine = PaymentProviders.Find(provider) switch
        {
            { IsUnsigned: true } => endpoint is not null,
            { SignsByCertificate: true } when endpoint is not null => await IsSignedByCertificateAsync(
                endpoint,
                request,
                now,
                cancellationToken
            ),
            _ => WebhookSignatures.Verify(
                provider,
                request,
                checkedEndpoint.Secrets,
                now,
                TimeSpan.FromSeconds(checkedEndpoint.ToleranceSeconds)
            ),
        };
        return isGenuine switch
        {
            true => WebhookVerdict.Genuine,
            false => WebhookVerdict.Forged,
            null => WebhookVerdict.Unknown,
        };
    }

    /// <returns>Null when the certificate cannot be fetched now.</returns>
    private async Task<bool?> IsSignedByCertificateAsync(
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
