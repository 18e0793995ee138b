using System.Text.Json;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Our invoice reference in the free fields that a provider keeps for us. Only these names are read: another value, an
/// order number say, may happen to be the number of an invoice.
/// </summary>
internal static class MetadataReferences
{
    private static readonly string[] _names =
    [
        "invoice_number",
        "invoiceNumber",
        "invoice_id",
        "invoiceId",
        "external_id",
        "externalId",
    ];

    /// <summary>The whole of it where it is one text.</summary>
    public static IEnumerable<string?> In(WebhookPayload fields, string path) =>
        fields.Find(path) is { ValueKind: JsonValueKind.String }
            ? [fields.Loose(path)]
            : _names.Select(name => fields.Loose($"{path}.{name}"));
}
