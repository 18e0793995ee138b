using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Communication.Email;

/// <summary>
/// HMAC-SHA256 over date, host and body: learn.microsoft.com, "Sign an HTTP request" (Communication Services).
/// </summary>
internal sealed class EmailSignature(byte[] key) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var uri = request.Uri.ToUri();
        var date = SharedKey.SetDate(request);
        var hash = Hash(request.Content);
        var signature = SharedKey.Sign(key, $"{request.Method}\n{uri.PathAndQuery}\n{date};{uri.Authority};{hash}");
        request.Headers.SetValue("x-ms-content-sha256", hash);
        request.Headers.SetValue(
            "Authorization",
            $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"
        );
    }

    private static string Hash(RequestContent? body)
    {
        using var bytes = new MemoryStream();
        body?.WriteTo(bytes, CancellationToken.None);
        return Convert.ToBase64String(SHA256.HashData(bytes.ToArray()));
    }
}
