namespace Dunning.Tests.Notices.Email;

/// <summary>Replaces the network: records each request and returns a response.</summary>
public sealed class RecordingHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests.Add(
            (request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))
        );
        var response = answer(request);
        response.RequestMessage = request;
        return response;
    }
}
