using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;

namespace Dunning.Evidence;

/// <summary>
/// Signs with a key that never leaves Azure Key Vault (learn.microsoft.com/rest/api/keyvault/keys/sign/sign). The app's
/// identity needs the role "Key Vault Crypto User".
/// </summary>
/// <param name="http">Without a base address.</param>
/// <param name="keyId">
/// <c>https://….vault.azure.net/keys/name</c>, with or without a version. Without one, the version that is current when
/// the app signs for the first time.
/// </param>
internal sealed class KeyVaultSigner(HttpClient http, TokenCredential credential, Uri keyId)
    : IManifestSigner,
        IDisposable
{
    public const string Setting = "Dunning__Evidence__Key";

    /// <summary>A person waits for the pack.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private const string Version = "api-version=7.4";

    private static readonly TokenRequestContext _scope = new(["https://vault.azure.net/.default"]);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private VaultKey? _key;

    public async Task<EvidenceKey> GetPublicKeyAsync(CancellationToken cancellationToken) =>
        (await KeyAsync(cancellationToken)).PublicKey;

    public async Task<ManifestSignature> SignAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        try
        {
            var digest = Base64Url.EncodeToString(SHA256.HashData(manifest.Span));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{key.Id}/sign?{Version}"))
            {
                Content = JsonContent.Create(new { alg = ManifestSignature.Es256, value = digest }),
            };
            var answer = await SendAsync(request, cancellationToken);
            var signature = new ManifestSignature(
                ManifestSignature.Es256,
                key.Id.AbsoluteUri,
                key.PublicKey,
                TextOf(answer, "value") ?? throw Unreadable()
            );
            return signature.IsOf(manifest.Span)
                ? signature
                : throw new EvidenceKeyException(
                    $"Key Vault answered with a signature of another key than that of {Setting}, {key.Id}."
                );
        }
        catch (EvidenceKeyException)
        {
            // The version may have been disabled or replaced: the next attempt asks for the current one.
            _key = null;
            throw;
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<VaultKey> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is { } known)
            return known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _key ??= await ReadKeyAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<VaultKey> ReadKeyAsync(CancellationToken cancellationToken)
    {
        if (!keyId.IsAbsoluteUri || keyId.Scheme != Uri.UriSchemeHttps || keyId.Segments is not ["/", "keys/", _, ..])
            throw new EvidenceKeyException(
                $"{Setting}: write the identifier of a key, https://<vault>.vault.azure.net/keys/<name>."
            );
        var address = new Uri($"{keyId.GetLeftPart(UriPartial.Path).TrimEnd('/')}?{Version}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendAsync(request, cancellationToken);
        if (!answer.TryGetProperty("key", out var key) || key.ValueKind is not JsonValueKind.Object)
            throw Unreadable();
        // An answer must not lead the next request, with its token, to another host.
        if (!Uri.TryCreate(TextOf(key, "kid"), UriKind.Absolute, out var id) || !IsOfSameVault(id))
            throw Unreadable();
        return new VaultKey(id, PublicKeyOf(key));
    }

    private bool IsOfSameVault(Uri id) => id.Scheme == keyId.Scheme && id.Authority == keyId.Authority;

    /// <summary>Key Vault names the type <c>EC-HSM</c> when the key is in a hardware module.</summary>
    private static EvidenceKey PublicKeyOf(JsonElement key)
    {
        var publicKey = new EvidenceKey(
            TextOf(key, "kty") is "EC" or "EC-HSM" ? "EC" : "",
            TextOf(key, "crv") ?? "",
            TextOf(key, "x") ?? "",
            TextOf(key, "y") ?? ""
        );
        return publicKey.IsValid
            ? publicKey
            : throw new EvidenceKeyException(
                $"{Setting}: the key is not an EC key on the curve P-256. Create one: az keyvault key create --kty EC "
                    + "--curve P-256."
            );
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Failure(response.StatusCode);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return answer.ValueKind is JsonValueKind.Object ? answer : throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
        catch (Exception failure) when (IsNetworkFailure(failure, cancellationToken))
        {
            throw new EvidenceKeyException(
                $"Key Vault cannot be reached at {keyId.Host}: check {Setting} and the network rules of the vault.",
                isTemporary: true,
                failure
            );
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await credential.GetTokenAsync(_scope, cancellationToken)).Token;
        }
        catch (AuthenticationFailedException failure)
        {
            throw new EvidenceKeyException(
                $"The app's identity got no token for the Key Vault of {Setting}: check that the app has a managed "
                    + "identity, or sign in with az login.",
                isTemporary: true,
                failure
            );
        }
    }

    /// <summary>Without the body of the answer, which could quote the request.</summary>
    private EvidenceKeyException Failure(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new EvidenceKeyException(
                $"Key Vault refused the key of {Setting} ({(int)status}): give the app's identity the role Key Vault "
                    + $"Crypto User on {keyId.Host}, and check the vault's network rules and that the key is enabled."
            ),
            HttpStatusCode.NotFound => new EvidenceKeyException(
                $"The key of {Setting} does not exist in {keyId.Host} (404): correct the setting, or create the key."
            ),
            HttpStatusCode.TooManyRequests => new EvidenceKeyException(
                $"The Key Vault of {Setting} gets too many requests (429): try again in a minute.",
                isTemporary: true
            ),
            _ => new EvidenceKeyException(
                $"The Key Vault of {Setting} answered with {(int)status}.",
                isTemporary: (int)status >= 500
            ),
        };

    private static EvidenceKeyException Unreadable() =>
        new($"The answer of the Key Vault of {Setting} cannot be read: check that the setting names a Key Vault.");

    /// <summary>A timeout of the client looks like a cancellation.</summary>
    private static bool IsNetworkFailure(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <param name="Id">With its version: the public key and the signature belong to the same one.</param>
    private sealed record VaultKey(Uri Id, EvidenceKey PublicKey);
}
