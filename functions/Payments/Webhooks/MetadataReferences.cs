using System.Text.Json;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads our invoice reference from a provider's metadata. Only these names are read: another value, such as an order
/// number, may be the number of an unrelated invoice.
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

    /// <summary>The whole value when the metadata is one text, otherwise the values of the known names.</summary>
    public static IEnumerable<string?> Read(WebhookPayload fields, string path) =>
        fields.Find(path) is { ValueKind: JsonValueKind.String }
            ? [fields.TextOrNumber(path)]
            : _names.Select(name => fields.TextOrNumber($"{path}.{name}"));
}
