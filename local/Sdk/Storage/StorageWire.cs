using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Dunning.Local.Sdk;

/// <summary>Requests to one storage service over Azure.Core's pipeline, which retries and times out as the official clients do.</summary>
internal sealed class StorageWire
{
    private const string TokenScope = "https://storage.azure.com/.default";

    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    public StorageWire(Uri endpoint, ClientOptions options, HttpPipelinePolicy signature, string version)
    {
        _endpoint = endpoint;
        _version = version;
        _pipeline = HttpPipelineBuilder.Build(options, signature);
    }

    public Uri Endpoint => _endpoint;

    public static HttpPipelinePolicy Bearer(TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new BearerTokenAuthenticationPolicy(credential, TokenScope);
    }

    public Uri At(string path) => new($"{_endpoint.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <param name="path">Relative to the endpoint, already percent-escaped, with its query.</param>
    public HttpMessage Message(RequestMethod method, string path)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(At(path));
        message.Request.Headers.SetValue("x-ms-version", _version);
        return message;
    }

    /// <param name="alsoFine">A failing status that the caller takes for an answer.</param>
    /// <exception cref="RequestFailedException">Any other status of 400 or more.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken, int alsoFine = 0)
    {
        await _pipeline.SendAsync(message, cancellationToken);
        var response = message.Response;
        return response.Status < 400 || response.Status == alsoFine ? response : throw StorageErrors.From(response);
    }

    public static void SetBody(HttpMessage message, string contentType, string body)
    {
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        message.Request.Headers.SetValue("Content-Type", contentType);
    }
}
