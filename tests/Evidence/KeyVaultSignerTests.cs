using System.Net;
using Azure.Core;
using Azure.Identity;
using Dunning.Evidence;

namespace Dunning.Tests.Evidence;

public sealed class KeyVaultSignerTests : IDisposable
{
    private static readonly byte[] _manifest = "manifest"u8.ToArray();
    private readonly KeyVaultSimulation _vault = new();

    public void Dispose() => _vault.Dispose();

    [Theory]
    [InlineData("https://acme.vault.azure.net/keys/evidence")]
    [InlineData("https://acme.vault.azure.net/keys/evidence/")]
    [InlineData("https://acme.vault.azure.net/keys/evidence/v1")]
    public async Task The_vault_signs_the_digest_with_the_version_whose_public_key_is_shown(string keyId)
    {
        using var signer = Signer(keyId);

        var signature = await signer.SignAsync(_manifest, CancellationToken.None);

        Assert.True(signature.IsOf(_manifest));
        Assert.Equal("https://acme.vault.azure.net/keys/evidence/v1", signature.KeyId);
        Assert.Equal(EvidenceKey.From(_vault.Key), signature.PublicKey);
        Assert.Equal(
            [
                $"GET {keyId.TrimEnd('/')}?api-version=7.4",
                "POST https://acme.vault.azure.net/keys/evidence/v1/sign?api-version=7.4",
            ],
            _vault.Requests
        );
    }

    [Fact]
    public async Task The_public_key_is_read_once()
    {
        using var signer = Signer();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => signer.SignAsync(_manifest, CancellationToken.None)));
        await signer.GetPublicKeyAsync(CancellationToken.None);

        Assert.Equal(1, _vault.Requests.Count(request => request.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_refusal_the_current_version_is_read_again()
    {
        using var signer = Signer();
        await signer.SignAsync(_manifest, CancellationToken.None);
        _vault.Rotate("v2");

        await Assert.ThrowsAsync<EvidenceKeyException>(() => signer.SignAsync(_manifest, CancellationToken.None));
        var signature = await signer.SignAsync(_manifest, CancellationToken.None);

        Assert.EndsWith("/v2", signature.KeyId, StringComparison.Ordinal);
        Assert.True(signature.IsOf(_manifest));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, false, "Crypto User")]
    [InlineData(HttpStatusCode.Forbidden, false, "Crypto User")]
    [InlineData(HttpStatusCode.NotFound, false, "does not exist")]
    [InlineData(HttpStatusCode.TooManyRequests, true, "too many requests")]
    [InlineData(HttpStatusCode.ServiceUnavailable, true, "503")]
    public async Task A_refusal_names_the_setting_and_never_the_token(
        HttpStatusCode status,
        bool isTemporary,
        string text
    )
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var signer = Signer();
            _vault.Fail(method, status);

            var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
                signer.SignAsync(_manifest, CancellationToken.None)
            );

            Assert.Equal(isTemporary, failure.IsTemporary);
            AssertMessage(failure, text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"key":{"kid":"https://evil.example/keys/evidence/v1","kty":"EC"}}""")]
    [InlineData("""{"key":{"kid":"http://acme.vault.azure.net/keys/evidence/v1","kty":"EC"}}""")]
    [InlineData("""{"key":{"kid":"https://acme.vault.azure.net/keys/evidence/v1","kty":"RSA","n":"","e":""}}""")]
    public async Task An_answer_that_is_no_such_key_is_refused(string answer)
    {
        _vault.Answer(HttpMethod.Get, answer);
        using var signer = Signer();

        var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
            signer.SignAsync(_manifest, CancellationToken.None)
        );

        AssertMessage(failure, KeyVaultSigner.Setting);
        Assert.DoesNotContain(_vault.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"kid":"x"}""")]
    [InlineData("""{"kid":"x","value":"AAAA"}""")]
    public async Task A_signature_that_is_not_of_the_key_is_refused(string answer)
    {
        _vault.Answer(HttpMethod.Post, answer);
        using var signer = Signer();

        await Assert.ThrowsAsync<EvidenceKeyException>(() => signer.SignAsync(_manifest, CancellationToken.None));
    }

    [Theory]
    [InlineData("http://acme.vault.azure.net/keys/evidence")]
    [InlineData("https://acme.vault.azure.net/secrets/evidence")]
    [InlineData("https://acme.vault.azure.net/")]
    public async Task No_token_is_sent_to_an_address_that_is_no_key(string keyId)
    {
        using var signer = Signer(keyId);

        var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
            signer.GetPublicKeyAsync(CancellationToken.None)
        );

        AssertMessage(failure, "identifier of a key");
        Assert.Empty(_vault.Requests);
    }

    [Fact]
    public async Task Without_a_token_the_identity_is_to_be_corrected()
    {
        using var http = new HttpClient(_vault, disposeHandler: false);
        using var signer = new KeyVaultSigner(http, new NoIdentity(), new Uri(KeyVaultSimulation.KeyId));

        var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
            signer.SignAsync(_manifest, CancellationToken.None)
        );

        AssertMessage(failure, "managed identity");
    }

    [Fact]
    public async Task A_network_failure_is_temporary_and_a_cancellation_is_no_failure()
    {
        using var signer = Signer();
        _vault.Break(new HttpRequestException("no route"));
        var failure = await Assert.ThrowsAsync<EvidenceKeyException>(() =>
            signer.SignAsync(_manifest, CancellationToken.None)
        );
        Assert.True(failure.IsTemporary);
        AssertMessage(failure, "cannot be reached");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            signer.SignAsync(_manifest, new CancellationToken(canceled: true))
        );
    }

    private static void AssertMessage(EvidenceKeyException failure, string text)
    {
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Dunning__Evidence__Key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(KeyVaultSimulation.Token, failure.ToString(), StringComparison.Ordinal);
    }

    private KeyVaultSigner Signer(string keyId = KeyVaultSimulation.KeyId) =>
        new(new HttpClient(_vault, disposeHandler: false), new Identity(), new Uri(keyId));

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Assert.Equal(["https://vault.azure.net/.default"], requestContext.Scopes);
            return new AccessToken(KeyVaultSimulation.Token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("There is no managed identity.");

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => throw new CredentialUnavailableException("There is no managed identity.");
    }
}
