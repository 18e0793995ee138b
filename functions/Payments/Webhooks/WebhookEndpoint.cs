using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// One configured endpoint, from the settings <c>Webhooks__0__Provider</c>, <c>__Key</c>, <c>__Secrets__0</c> and so
/// on.
/// </summary>
public sealed record WebhookEndpoint
{
    public string Provider { get; init; } = "";

    /// <summary>The unguessable part of the path: at least 16 characters.</summary>
    public string Key { get; init; } = "";

    /// <summary>Every secret that is valid now: two while one is rolled.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>
    /// True for an endpoint that takes a provider's test events; a live endpoint keeps them without effect.
    /// </summary>
    public bool TestMode { get; init; }

    /// <summary>
    /// The provider's id of the one account whose events count here (merchant, company, tenant, profile); null or empty
    /// takes those of every account.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>The address that the provider was given, for those who sign it (Square).</summary>
    public string? Url { get; init; }

    /// <summary>The id that the provider gave the webhook, for those who sign it (PayPal).</summary>
    public string? WebhookId { get; init; }

    /// <summary>For reading what events leave out (GoCardless, Mollie).</summary>
    public string? ApiToken { get; init; }

    /// <summary>In place of the provider's own, with a slash at the end: a stand-in.</summary>
    public string? ApiBaseAddress { get; init; }

    /// <summary>How old or early a signed time may be.</summary>
    public int ToleranceSeconds { get; init; } = (int)WebhookSignatures.Tolerance.TotalSeconds;

    /// <summary>
    /// What an event is to this endpoint: one of another account is a person's business and has no effect.
    /// </summary>
    public PaymentEvent ForThisAccount(PaymentEvent paymentEvent) =>
        string.IsNullOrEmpty(Account) || paymentEvent.Account is null || paymentEvent.Account == Account
            ? paymentEvent
            : paymentEvent with
            {
                Facts = [],
                Fetch = null,
                Problem =
                    $"the event is of account {References.Note(paymentEvent.Account)}; this endpoint is for {Account}",
            };

    /// <summary>Whether events of a provider's test mode, or of its live one, count here.</summary>
    public bool AppliesTo(PaymentEvent paymentEvent) => paymentEvent.Live || TestMode;

    /// <summary>Names the endpoint in tables and logs without giving its key away.</summary>
    public string Id => Ids.Hash('w', $"{Provider}\n{Key}");
}
