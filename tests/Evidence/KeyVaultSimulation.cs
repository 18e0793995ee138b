using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dunning.Tests.Evidence;

/// <summary>
/// The two requests of Key Vault's REST API, version 7.4, that signing needs (learn.microsoft.com/rest/api/keyvault),
/// with a key of its own.
/// </summary>
internal sealed class KeyVaultSimulation : HttpMessageHandler
{
    public const string KeyId = "https://acme.vault.azure.net/keys/evidence";
    public const string Token = "token-that-nobody-may-see";

    private readonly ConcurrentQueue<string> _requests = new();
    private (HttpMethod Method, HttpStatusCode Status, string Body)? _answer;
    private Exception? _failure;
    private string _version = "v1";

    public ECDsa Key { get; private set; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public IReadOnlyCollection<string> Requests => _requests;

    public void Fail(HttpMethod method, HttpStatusCode status) =>
        _answer = (method, status, "{\"error\":{\"code\":\"Failed\",\"message\":\"Bearer " + Token + "\"}}");

    public void Answer(HttpMethod method, string body) => _answer = (method, HttpStatusCode.OK, body);

    public void Break(Exception failure) => _failure = failure;

    public void Rotate(string version)
    {
        Key.Dispose();
        (Key, _version) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), version);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        _requests.Enqueue($"{request.Method} {request.RequestUri}");
        if (_failure is not null)
            throw _failure;
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter: Token })
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        if (_answer is { } answer && answer.Method == request.Method)
            return new HttpResponseMessage(answer.Status) { Content = new StringContent(answer.Body) };
        if (request.RequestUri!.Query != "?api-version=7.4")
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        return (request.Method.Method, request.RequestUri.AbsolutePath) switch
        {
            ("GET", "/keys/evidence") => Json(PublicKey()),
            ("GET", var path) when path == $"/keys/evidence/{_version}" => Json(PublicKey()),
            ("POST", var path) when path == $"/keys/evidence/{_version}/sign" => await SignAsync(request),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    private object PublicKey()
    {
        var point = Key.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            key = new
            {
                kid = $"{KeyId}/{_version}",
                kty = "EC",
                key_ops = new[] { "sign", "verify" },
                crv = "P-256",
                x = Base64Url.EncodeToString(point.X),
                y = Base64Url.EncodeToString(point.Y),
            },
            attributes = new { enabled = true },
        };
    }

    private async Task<HttpResponseMessage> SignAsync(HttpRequestMessage request)
    {
        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync());
        var digest = Base64Url.DecodeFromChars(body.RootElement.GetProperty("value").GetString());
        if (body.RootElement.GetProperty("alg").GetString() != "ES256" || digest.Length != SHA256.HashSizeInBytes)
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        // An ECDsa object is not safe for several requests at once.
        lock (_requests)
            return Json(new { kid = $"{KeyId}/{_version}", value = Base64Url.EncodeToString(Key.SignHash(digest)) });
    }

    private static HttpResponseMessage Json(object body) =>
        new(HttpStatusCode.OK) { Content = JsonContent.Create(body) };
}
