using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>PayPal's signing certificates, fetched once each and trusted by their chain.</summary>
/// <param name="http">Follows no redirects and reads little.</param>
/// <param name="roots">Trusted in place of the machine's roots, for a stand-in; null for those.</param>
public sealed class PayPalCertificates(HttpClient http, TimeProvider clock, X509Certificate2Collection? roots = null)
{
    public const int MaxBytes = 64 * 1024;

    /// <summary>
    /// PayPal uses one or two at a time; more can only be made up by a sender who knows the endpoint's key.
    /// </summary>
    private const int MaxCertificates = 16;

    private readonly ConcurrentDictionary<Uri, X509Certificate2Collection> _kept = new();

    /// <param name="address">As <see cref="PayPalSignature.CertificateAddress"/> allows.</param>
    /// <returns>Null when there is no certificate, or none to be trusted today.</returns>
    /// <exception cref="HttpRequestException">It cannot be fetched now.</exception>
    public async Task<RSA?> FindKeyAsync(Uri address, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var at = endpoint.ApiBaseAddress is { } standIn
            ? new Uri(new Uri(standIn), address.AbsolutePath.TrimStart('/'))
            : address;
        if (!_kept.TryGetValue(at, out var certificates))
        {
            if (await FetchAsync(at, cancellationToken) is not { } fetched || !IsTrusted(fetched))
                return null;
            if (_kept.Count >= MaxCertificates)
                _kept.Clear();
            certificates = _kept[at] = fetched;
        }
        // A certificate may end while it is kept.
        return IsTrusted(certificates) ? certificates[0].GetRSAPublicKey() : null;
    }

    private async Task<X509Certificate2Collection?> FetchAsync(Uri at, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(at, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (CryptographicException)
        {
            return null;
        }
        return certificates.Count > 0 ? certificates : null;
    }

    /// <param name="certificates">PayPal's own first, then those between it and a root.</param>
    private bool IsTrusted(X509Certificate2Collection certificates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        // The list of revoked certificates would be a further address that a webhook makes us open.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        if (roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }
        return chain.Build(certificates[0]);
    }
}
