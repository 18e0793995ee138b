#nullable disable // As in the official package: callers see oblivious types.
namespace Azure.Communication.Email;

/// <summary>
/// Waiting for completion is inherited: Azure.Core polls with <see cref="UpdateStatusAsync"/> and respects Retry-After.
/// </summary>
public class EmailSendOperation : Operation<EmailSendResult>
{
    private readonly EmailClient _client;
    private Response _response;
    private EmailSendResult _result;
    private RequestFailedException _failure;

    protected EmailSendOperation() { }

    public EmailSendOperation(string id, EmailClient client)
        : this(id, client, null) { }

    internal EmailSendOperation(string id, EmailClient client, Response accepted)
    {
        Id = id;
        _client = client;
        _response = accepted;
    }

    public override string Id { get; }

    public override bool HasCompleted => _result is not null || _failure is not null;

    public override bool HasValue => _result is not null;

    /// <exception cref="InvalidOperationException">The operation has not completed.</exception>
    /// <exception cref="RequestFailedException">The message was not sent.</exception>
    public override EmailSendResult Value =>
        _result ?? throw (_failure ?? (Exception)new InvalidOperationException("The operation has not completed yet."));

    public override Response GetRawResponse() => _response;

    public override Response UpdateStatus(CancellationToken cancellationToken = default) =>
        UpdateStatusAsync(cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default)
    {
        if (HasCompleted)
            return _response;
        _response = await _client.GetOperationAsync(Id, cancellationToken);
        var status = EmailErrors.StatusIn(_response);
        if (status == EmailSendStatus.Succeeded)
            _result = new EmailSendResult(status);
        if (status == EmailSendStatus.Failed || status == EmailSendStatus.Canceled)
            throw _failure = EmailErrors.From(_response);
        return _response;
    }
}
