using Dunning.Payments.Webhooks;

namespace Dunning.Configuration;

/// <summary>The endpoints that payment providers call, from the settings <c>Webhooks__0__*</c> and so on.</summary>
public sealed class WebhookOptions
{
    public IReadOnlyList<WebhookEndpoint> Webhooks { get; init; } = [];
}
