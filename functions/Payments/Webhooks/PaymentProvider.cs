using System.Text.Json;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Everything that is particular to a payment provider: how it signs, what its events mean, which settings an endpoint
/// needs, and how it must be answered. Each provider's folder has its own.
/// </summary>
/// <param name="name">In settings, URLs and ledger keys.</param>
internal sealed class PaymentProvider(string name)
{
    /// <param name="read">
    /// The events of a JSON body; null for a body that is no delivery of this provider. Its second argument is an id
    /// for events without one, the same on a retry.
    /// </param>
    public PaymentProvider(string name, Func<JsonElement, string, WebhookRequest, IReadOnlyList<PaymentEvent>?> read)
        : this(name) => Read = read;

    /// <param name="readForm">The event of a body that is a form.</param>
    public PaymentProvider(string name, FormReader readForm)
        : this(name) => ReadForm = readForm;

    public delegate PaymentEvent FormReader(ReadOnlySpan<byte> form, string id);

    public string Name { get; } = name;

    /// <summary>Null when <see cref="ReadForm"/> reads the body.</summary>
    public Func<JsonElement, string, WebhookRequest, IReadOnlyList<PaymentEvent>?>? Read { get; }

    public FormReader? ReadForm { get; }

    /// <summary>The id of a delivery in its headers; null for a provider that sends none.</summary>
    public Func<WebhookRequest, string?>? DeliveryId { get; init; }

    /// <summary>Null for a provider that does not sign with a shared secret.</summary>
    public SignatureScheme? Signature { get; init; }

    /// <summary>It signs with the key of a certificate, whose address is in the headers.</summary>
    public bool SignsByCertificate { get; init; }

    public bool IsUnsigned { get; init; }

    /// <summary>Its payments come from files that a person imports, and never by a webhook.</summary>
    public bool ComesFromFiles { get; init; }

    public bool NeedsSecrets => Signature is not null;
    public bool NeedsUrl { get; init; }
    public bool NeedsWebhookId { get; init; }

    /// <summary>Its events hold only ids, and the rest is read from its API.</summary>
    public bool NeedsApiToken { get; init; }

    /// <summary>Null for a provider whose API is not read.</summary>
    public ProviderApi? Api { get; init; }

    /// <summary>The event together with what was read from the API; the third argument is the current time.</summary>
    public Func<PaymentEvent, JsonElement, DateTimeOffset, PaymentEvent>? Complete { get; init; }

    /// <summary>
    /// Deliveries about one payment cannot be distinguished, so each is processed and none counts as a duplicate.
    /// </summary>
    public bool HasNoEventIds { get; init; }

    /// <summary>The body is a form instead of JSON.</summary>
    public bool SendsForm => ReadForm is not null;

    /// <summary>The body of a 200 response that the provider requires; empty for no body; null for JSON.</summary>
    public string? ResponseText { get; init; }

    /// <summary>
    /// The name in ledger keys. Two products of one provider share it, so that a payment reported by both counts once.
    /// </summary>
    public string LedgerName { get; init; } = name;

    /// <summary>One payment id may come with several invoices, each with its part of the amount.</summary>
    public bool AllocatesPayments { get; init; }

    /// <summary>False when two endpoints may use one id for different payments.</summary>
    public bool HasUniqueIds { get; init; } = true;
}

/// <param name="Address">Ends with a slash.</param>
internal sealed record ProviderApi(string Address)
{
    /// <summary>Used for an endpoint in test mode; null where both are one.</summary>
    public string? TestAddress { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
