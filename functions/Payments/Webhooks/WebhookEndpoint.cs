using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// One configured endpoint, from the settings <c>Webhooks__0__Provider</c>, <c>__Key</c>, <c>__Secrets__0</c> and so
/// on.
/// </summary>
public sealed record WebhookEndpoint
{
    public string Provider { get; init; } = "";

    /// <summary>The secret part of the path: at least 16 characters.</summary>
    public string Key { get; init; } = "";

    /// <summary>Every secret that is valid now: two while one is rotated.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>
    /// True for an endpoint that applies a provider's test events; a live endpoint saves them without effect.
    /// </summary>
    public bool TestMode { get; init; }

    /// <summary>
    /// The provider's id of the only account whose events are applied (merchant, company, tenant, profile). When null
    /// or empty, events of every account are applied.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>The URL configured at the provider, where the signature covers it (Square).</summary>
    public string? Url { get; init; }

    /// <summary>The provider's id of the webhook, where the signature covers it (PayPal).</summary>
    public string? WebhookId { get; init; }

    /// <summary>For reading what the events do not contain (GoCardless, Mollie).</summary>
    public string? ApiToken { get; init; }

    /// <summary>Replaces the address of the provider's API, for a stand-in; ends with a slash.</summary>
    public string? ApiBaseAddress { get; init; }

    /// <summary>The largest accepted difference between a signed timestamp and the current time.</summary>
    public int ToleranceSeconds { get; init; } = (int)WebhookSignatures.Tolerance.TotalSeconds;

    /// <summary>
    /// The event itself; an event of another account becomes one that has no effect and needs manual review.
    /// </summary>
    public PaymentEvent ForThisAccount(PaymentEvent paymentEvent) =>
        string.IsNullOrEmpty(Account) || paymentEvent.Account is null || paymentEvent.Account == Account
            ? paymentEvent
            : paymentEvent with
            {
                Changes = [],
                Fetch = null,
                Problem =
                    $"the event is of account {References.Note(paymentEvent.Account)}; this endpoint is for {Account}",
            };

    /// <summary>True for live events, and in test mode also for test events.</summary>
    public bool AppliesTo(PaymentEvent paymentEvent) => paymentEvent.Live || TestMode;

    /// <summary>Identifies the endpoint in tables and logs without revealing its key.</summary>
    public string Id => Ids.Hash('w', $"{Provider}\n{Key}");
}
