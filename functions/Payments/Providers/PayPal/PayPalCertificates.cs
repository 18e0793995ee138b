using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>PayPal's signing certificates, cached by address and trusted by their chain.</summary>
/// <param name="http">Must follow no redirects and limit the size of a response.</param>
/// <param name="roots">Trusted instead of the machine's roots, for a stand-in; null for the machine's.</param>
public sealed class PayPalCertificates(HttpClient http, TimeProvider clock, X509Certificate2Collection? roots = null)
{
    public const int MaxBytes = 64 * 1024;

    /// <summary>
    /// PayPal uses one or two at a time; only a sender who knows the endpoint's key can cause more to be fetched.
    /// </summary>
    private const int MaxCertificates = 16;

    private readonly ConcurrentDictionary<Uri, X509Certificate2Collection> _cache = new();

    /// <param name="address">From <see cref="PayPalSignature.CertificateAddress"/>.</param>
    /// <returns>Null when there is no certificate, or it is not trusted at the current time.</returns>
    /// <exception cref="HttpRequestException">The certificate cannot be fetched now.</exception>
    public async Task<RSA?> FindKeyAsync(Uri address, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var source = endpoint.ApiBaseAddress is { } standIn
            ? new Uri(new Uri(standIn), address.AbsolutePath.TrimStart('/'))
            : address;
        if (!_cache.TryGetValue(source, out var certificates))
        {
            if (await FetchAsync(source, cancellationToken) is not { } fetched || !IsTrusted(fetched))
                return null;
            if (_cache.Count >= MaxCertificates)
                _cache.Clear();
            certificates = _cache[source] = fetched;
        }
        // Checked again, because a certificate may expire while it is cached.
        return IsTrusted(certificates) ? certificates[0].GetRSAPublicKey() : null;
    }

    private async Task<X509Certificate2Collection?> FetchAsync(Uri source, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(source, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (CryptographicException)
        {
            return null;
        }
        return certificates.Count > 0 ? certificates : null;
    }

    /// <param name="certificates">PayPal's certificate first, then the intermediate ones.</param>
    private bool IsTrusted(X509Certificate2Collection certificates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        // No revocation check: it would open further addresses that the sender of a webhook chooses.
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
