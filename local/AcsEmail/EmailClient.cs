#nullable disable // As in the official package: callers see oblivious types.
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Communication.Email;

public class EmailClient
{
    private const string TokenScope = "https://communication.azure.com//.default";

    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    protected EmailClient() { }

    public EmailClient(string connectionString)
        : this(connectionString, null) { }

    public EmailClient(string connectionString, EmailClientOptions options)
    {
        var settings = ConnectionString.Parse(connectionString);
        if (!settings.TryGetValue("endpoint", out var endpoint) || !settings.TryGetValue("accesskey", out var key))
            throw new FormatException("The email connection string needs an endpoint and an accesskey.");
        options ??= new EmailClientOptions();
        _endpoint = new Uri(endpoint);
        _version = options.Version;
        _pipeline = HttpPipelineBuilder.Build(options, new EmailSignature(Convert.FromBase64String(key)));
    }

    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions options = null)
    {
        options ??= new EmailClientOptions();
        _endpoint = endpoint;
        _version = options.Version;
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, TokenScope));
    }

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait,
        EmailMessage message,
        CancellationToken cancellationToken = default
    ) => SendAsync(wait, message, Guid.NewGuid(), cancellationToken);

    /// <param name="operationId">
    /// Identifies the message: the service does not send another message for a known id.
    /// </param>
    public virtual async Task<EmailSendOperation> SendAsync(
        WaitUntil wait,
        EmailMessage message,
        Guid operationId,
        CancellationToken cancellationToken = default
    )
    {
        var call = Call(RequestMethod.Post, "emails:send");
        call.Request.Headers.SetValue("Operation-Id", operationId.ToString("D"));
        call.Request.Headers.SetValue("Content-Type", "application/json");
        call.Request.Content = RequestContent.Create(EmailJson.Write(message));
        var accepted = await SendAsync(call, cancellationToken);
        var operation = new EmailSendOperation(operationId.ToString("D"), this, accepted);
        if (wait == WaitUntil.Completed)
            await operation.WaitForCompletionAsync(cancellationToken);
        return operation;
    }

    internal Task<Response> GetOperationAsync(string operationId, CancellationToken cancellationToken) =>
        SendAsync(Call(RequestMethod.Get, $"emails/operations/{Uri.EscapeDataString(operationId)}"), cancellationToken);

    private HttpMessage Call(RequestMethod method, string path)
    {
        var call = _pipeline.CreateMessage();
        call.Request.Method = method;
        call.Request.Uri.Reset(new Uri($"{_endpoint.AbsoluteUri.TrimEnd('/')}/{path}?api-version={_version}"));
        call.Request.Headers.SetValue("Accept", "application/json");
        return call;
    }

    private async Task<Response> SendAsync(HttpMessage call, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(call, cancellationToken);
        return call.Response.Status < 400 ? call.Response : throw EmailErrors.From(call.Response);
    }
}
