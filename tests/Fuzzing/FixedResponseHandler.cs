using System.Net;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// Answers every request with the same body: replaces a payment processor's API, so that no request leaves this
/// machine.
/// </summary>
internal sealed class FixedResponseHandler(Func<byte[]> body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body()) });
}
