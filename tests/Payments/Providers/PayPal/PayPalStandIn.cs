using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dunning.Payments.Providers.PayPal;

namespace Dunning.Tests.Payments.Providers.PayPal;

/// <summary>Signs as PayPal does, with a certificate that its URL serves; another URL serves an expired one.</summary>
internal static class PayPalStandIn
{
    public const string Address = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    public const string Ended = "https://api.paypal.com/v1/notifications/certs/CERT-0";
    public const string WebhookId = "WH-ID";

    private static readonly RSA _key = RSA.Create(2048);
    private static readonly X509Certificate2 _certificate = Make(
        ProviderSamples.Now.AddDays(-1),
        ProviderSamples.Now.AddYears(1)
    );
    private static readonly X509Certificate2 _endedCertificate = Make(
        ProviderSamples.Now.AddDays(-9),
        ProviderSamples.Now.AddDays(-1)
    );

    public static PayPalCertificates Certificates(TimeProvider clock) =>
        new(new HttpClient(new Addresses()), clock, [_certificate, _endedCertificate]);

    public static (string Name, string Value)[] Sign(
        byte[] body,
        DateTimeOffset at,
        string address = Address,
        string algorithm = "SHA256withRSA",
        string webhookId = WebhookId
    )
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var signature = _key.SignData(
            Encoding.UTF8.GetBytes($"tid|{time}|{webhookId}|{Crc32.HashToUInt32(body)}"),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return
        [
            ("PAYPAL-TRANSMISSION-ID", "tid"),
            ("PAYPAL-TRANSMISSION-TIME", time),
            ("PAYPAL-CERT-URL", address),
            ("PAYPAL-AUTH-ALGO", algorithm),
            ("PAYPAL-TRANSMISSION-SIG", Convert.ToBase64String(signature)),
        ];
    }

    private static X509Certificate2 Make(DateTimeOffset from, DateTimeOffset to) =>
        new CertificateRequest("CN=paypal", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            from,
            to
        );

    private sealed class Addresses : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                request.RequestUri!.ToString() switch
                {
                    Address => new HttpResponseMessage(HttpStatusCode.OK)
                    {
                        Content = new StringContent(_certificate.ExportCertificatePem()),
                    },
                    Ended => new HttpResponseMessage(HttpStatusCode.OK)
                    {
                        Content = new StringContent(_endedCertificate.ExportCertificatePem()),
                    },
                    var other
                        when other.StartsWith(
                            "https://api.paypal.com/v1/notifications/certs/",
                            StringComparison.Ordinal
                        )
                            || other.StartsWith(
                                "https://api.sandbox.paypal.com/v1/notifications/certs/",
                                StringComparison.Ordinal
                            ) => new HttpResponseMessage(HttpStatusCode.NotFound),
                    var other => throw new InvalidOperationException($"{other} was opened."),
                }
            );
    }
}
