using System.IO.Hashing;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Notices.Email;
using Dunning.Tests.Payments.Webhooks;

namespace Dunning.Tests.Payments.Providers.PayPal;

/// <summary>Uses a test certificate authority in place of PayPal's.</summary>
public sealed class PayPalVerificationTests : IDisposable
{
    private const string Address = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    private static readonly byte[] _body = ProviderSamples.For(PayPalProvider.Name).Bytes;
    private static readonly DateTimeOffset _now = ProviderSamples.Now;
    private static readonly WebhookEndpoint _endpoint = new() { Provider = PayPalProvider.Name, WebhookId = "WH-ID" };

    // Creating keys is slow, so all tests share them.
    private static readonly RSA _rootKey = RSA.Create(2048);
    private static readonly RSA _key = RSA.Create(2048);

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _leaf;

    public PayPalVerificationTests()
    {
        var authority = new CertificateRequest(
            "CN=Root",
            _rootKey,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = authority.CreateSelfSigned(_now.AddYears(-1), _now.AddYears(9));
        _leaf = new CertificateRequest(
            "CN=messageverificationcerts.paypal.com",
            _key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).Create(_root, _now.AddDays(-30), _now.AddDays(30), [1, 2, 3]);
    }

    public void Dispose()
    {
        _root.Dispose();
        _leaf.Dispose();
    }

    [Fact]
    public async Task A_delivery_signed_by_a_trusted_certificate_is_genuine_and_the_certificate_is_fetched_once()
    {
        var handler = Answering(_leaf.ExportCertificatePem());
        using var http = new HttpClient(handler);
        var verification = Verification(http, _now);

        Assert.Equal(
            WebhookVerdict.Genuine,
            await verification.JudgeAsync(PayPalProvider.Name, _endpoint, Request(), default)
        );
        Assert.Equal(
            WebhookVerdict.Genuine,
            await verification.JudgeAsync(PayPalProvider.Name, _endpoint, Request(), default)
        );
        Assert.Equal(Address, Assert.Single(handler.Requests).Request.RequestUri!.ToString());
    }

    [Fact]
    public async Task An_unknown_root_and_an_expired_certificate_are_not_trusted()
    {
        using var stranger = new CertificateRequest(
            "CN=x",
            _key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(_now.AddDays(-1), _now.AddDays(1));

        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync(stranger.ExportCertificatePem(), Request()));
        Assert.Equal(
            WebhookVerdict.Forged,
            await VerifyAsync(_leaf.ExportCertificatePem(), Request(at: _now.AddDays(31)), now: _now.AddDays(31))
        );
        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync("<html>", Request()));
        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync("", Request(), HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("http://api.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com:8443/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com/v1/notifications/certs/../../CERT-1")]
    [InlineData("https://api.paypal.com/v1/notifications/certs/%2e%2e/x")]
    [InlineData("https://api.paypal.com/v1/notifications/certs/")]
    [InlineData("https://api.paypal.com/v1/notifications/certs/a?x=1")]
    [InlineData("https://API.paypal.com/v1/notifications/certs/CERT-1")]
    public async Task No_other_address_is_opened(string address)
    {
        var handler = Answering(_leaf.ExportCertificatePem());
        using var http = new HttpClient(handler);

        Assert.Equal(
            WebhookVerdict.Forged,
            await Verification(http, _now).JudgeAsync(PayPalProvider.Name, _endpoint, Request(address), default)
        );
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_delivery_older_than_the_retries_or_of_another_webhook_is_forged()
    {
        var pem = _leaf.ExportCertificatePem();

        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync(pem, Request(at: _now.AddDays(-5))));
        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync(pem, Request(at: _now.AddMinutes(6))));
        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync(pem, Request(webhookId: "other")));
        Assert.Equal(WebhookVerdict.Forged, await VerifyAsync(pem, Request(algorithm: "SHA1withRSA")));
    }

    [Fact]
    public async Task While_the_certificate_is_unavailable_the_signature_is_undecided() =>
        Assert.Equal(WebhookVerdict.Unknown, await VerifyAsync("", Request(), HttpStatusCode.BadGateway));

    [Fact]
    public void A_delivery_of_the_sandbox_is_test_money()
    {
        var sandbox = Request(Address.Replace("api.", "api.sandbox.", StringComparison.Ordinal));

        Assert.False(Assert.Single(PaymentEvents.Read(PayPalProvider.Name, sandbox)).Live);
        Assert.True(Assert.Single(PaymentEvents.Read(PayPalProvider.Name, Request())).Live);
    }

    private async Task<WebhookVerdict> VerifyAsync(
        string pem,
        WebhookRequest request,
        HttpStatusCode status = HttpStatusCode.OK,
        DateTimeOffset? now = null
    )
    {
        using var http = new HttpClient(Answering(pem, status));
        return await Verification(http, now ?? _now).JudgeAsync(PayPalProvider.Name, _endpoint, request, default);
    }

    private WebhookVerification Verification(HttpClient http, DateTimeOffset now)
    {
        var clock = new StandingClock(now);
        return new(new PayPalCertificates(http, clock, [_root]), clock);
    }

    private static RecordingHandler Answering(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(_ => new HttpResponseMessage(status) { Content = new StringContent(body) });

    private static WebhookRequest Request(
        string address = Address,
        DateTimeOffset? at = null,
        string webhookId = "WH-ID",
        string algorithm = "SHA256withRSA"
    )
    {
        var time = $"{at ?? _now:yyyy-MM-dd'T'HH:mm:ss}Z";
        var signed = Encoding.UTF8.GetBytes($"tid|{time}|{webhookId}|{Crc32.HashToUInt32(_body)}");
        return new(
            new Dictionary<string, string>
            {
                ["PAYPAL-TRANSMISSION-ID"] = "tid",
                ["PAYPAL-TRANSMISSION-TIME"] = time,
                ["PAYPAL-CERT-URL"] = address,
                ["PAYPAL-AUTH-ALGO"] = algorithm,
                ["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(
                    _key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                ),
            },
            _body
        );
    }
}
