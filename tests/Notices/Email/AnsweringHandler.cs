namespace Dunning.Tests.Notices.Email;

/// <summary>Stands where the network would be: answers each request and keeps it.</summary>
public sealed class AnsweringHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
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
