using System.ComponentModel.DataAnnotations;
using Dunning.Http.Validation;
using Dunning.Payments.Providers;
using Dunning.Receivables;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// One configured endpoint, from the settings <c>Webhooks__0__Provider</c>, <c>__Key</c>, <c>__Secrets__0</c> and so
/// on.
/// </summary>
public sealed record WebhookEndpoint : IValidatableObject
{
    public string Provider { get; init; } = "";

    /// <summary>The secret part of the path.</summary>
    [MinLength(16, ErrorMessage = "it is too short; write at least {1} random characters")]
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
    [FieldRule(typeof(LinkRule), nameof(LinkRule.BaseAddress))]
    public string? ApiBaseAddress { get; init; }

    /// <summary>The largest accepted difference between a signed timestamp and the current time.</summary>
    [WholeNumber(1, 86_400)]
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

    /// <summary>Without the key, the secrets and the token, which a record would print.</summary>
    public override string ToString() => $"{Provider} {Id}";

    /// <summary>Identifies the endpoint in tables and logs without revealing its key.</summary>
    public string Id => Ids.Hash('w', $"{Provider}\n{Key}");

    /// <summary>What the provider needs.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PaymentProviders.Find(Provider) is not { ComesFromFiles: false } provider)
        {
            yield return new ValidationResult(
                $"it is unknown; use one of {string.Join(", ", PaymentProviders.Names)}",
                [nameof(Provider)]
            );
            yield break;
        }
        if (provider.NeedsSecrets && (Secrets.Count == 0 || Secrets.Any(string.IsNullOrWhiteSpace)))
            yield return new ValidationResult("set at least one signing secret, and no empty one", [nameof(Secrets)]);
        else if (
            provider.NeedsSecrets && !Secrets.All(secret => WebhookSignatures.IsSecret(provider.Signature!, secret))
        )
            yield return new ValidationResult(
                $"one is not a signing secret of {Provider}; copy it unchanged from the provider's settings",
                [nameof(Secrets)]
            );
        if (provider.NeedsUrl && !LinkRule.IsWeb(Url))
            yield return new ValidationResult(
                $"write exactly the https address that is configured at {Provider}, because the signature covers it",
                [nameof(Url)]
            );
        if (provider.NeedsWebhookId && string.IsNullOrWhiteSpace(WebhookId))
            yield return new ValidationResult(
                $"it is missing; write the id that {Provider} gave this webhook, because the signature covers it",
                [nameof(WebhookId)]
            );
        if (provider.NeedsApiToken && string.IsNullOrWhiteSpace(ApiToken))
            yield return new ValidationResult(
                $"it is missing; events of {Provider} hold only ids, and the rest is read from its API",
                [nameof(ApiToken)]
            );
    }
}
