using System.Net;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// Answers every request alike: stands for a payment processor's API, so that nothing leaves this machine.
/// </summary>
internal sealed class OneAnswer(Func<byte[]> body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body()) });
}
