using Dunning.Notices.Delivery;
using Dunning.Receivables;

namespace Dunning.Tests.Fixtures;

/// <summary>A channel that does what the test says, before the claim and instead of sending.</summary>
internal sealed class ScriptedChannel(Func<SendRequest, Task> prepare, Func<SendRequest, Task> send) : INoticeChannel
{
    private SendRequest? _request;

    public async Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken)
    {
        _request = request;
        await prepare(request);
        var content = new MessageContent
        {
            From = "billing@creditor.example",
            To = ["tom@amberley.example"],
            Text = "Hello",
        };
        return new PreparedMessage(content.To, null, new MessageEvidence(), content);
    }

    public async Task<SendOutcome> SendAsync(PreparedMessage message, CancellationToken cancellationToken)
    {
        await send(_request!);
        return new SendOutcome.Sent("test");
    }

    public Task<SendOutcome> FindSentAsync(Notice notice, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The provider is not queried here.");
}
