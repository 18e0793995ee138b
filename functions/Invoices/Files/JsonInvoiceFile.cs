using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Http;

namespace Dunning.Invoices.Files;

/// <summary>
/// Invoices as JSON: as the APIs of Xero and QuickBooks Online answer, or one, several or one per line of our own.
/// </summary>
internal static class JsonInvoiceFile
{
    /// <exception cref="UnreadableDocumentException">It is no JSON, or holds no invoices.</exception>
    public static InvoiceFile Read(ReadOnlyMemory<byte> utf8, InvoiceFileOptions options)
    {
        // Checks that no name comes twice, and the depth.
        using var json = StrictJson.Parse(utf8);
        return JsonNode.Parse(json.RootElement.GetRawText()) switch
        {
            JsonObject xero when xero["Invoices"] is JsonArray invoices => Of(
                "Xero, invoices (JSON)",
                invoices,
                invoice => XeroInvoice.Read(invoice, options)
            ),
            JsonObject quickBooks when QuickBooksInvoicesOf(quickBooks) is { } invoices => Of(
                "QuickBooks Online, invoices (JSON)",
                invoices,
                invoice => QuickBooksInvoice.Read(invoice, options)
            ),
            JsonObject own when own.ContainsKey("externalId") => Of("JSON", [own], one => Own(one, options)),
            JsonArray own => Of("JSON", own, one => Own(one, options)),
            var other => throw new UnreadableDocumentException(
                422,
                "unsupported-document",
                "The document holds no invoices"
                    + (
                        other is JsonObject found
                            ? $": it has {string.Join(", ", found.Select(field => field.Key))}."
                            : "."
                    )
                    + " Send what GET /Invoices of Xero or a query for Invoice of QuickBooks Online answers, or the "
                    + "JSON of POST /api/invoices."
            ),
        };
    }

    /// <summary>One invoice per line; a line that cannot be read is refused, and the others are not.</summary>
    public static InvoiceFile ReadLines(byte[] utf8, InvoiceFileOptions options) =>
        new(
            "JSON lines",
            [
                .. Encoding
                    .UTF8.GetString(utf8)
                    .Split('\n')
                    .Select((line, i) => (Text: line.Trim('\uFEFF', '\r', ' '), Number: i + 1))
                    .Where(line => line.Text.Length > 0)
                    .Select(line => ReadLine(line.Text, options) with { Rows = [line.Number] }),
            ],
            []
        );

    private static FileInvoice ReadLine(string line, InvoiceFileOptions options)
    {
        try
        {
            using var json = StrictJson.Parse(Encoding.UTF8.GetBytes(line));
            return Own(JsonNode.Parse(line), options);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return Refused("#", unreadable.Problem, unreadable.Message);
        }
    }

    internal static FileInvoice Refused(string pointer, string code, string why) =>
        new([]) { Problems = [new(pointer, code, why)] };

    private static JsonArray? QuickBooksInvoicesOf(JsonObject json) =>
        json["QueryResponse"] is JsonObject answer ? answer["Invoice"] as JsonArray ?? []
        : json["Invoice"] is JsonObject one ? [one.DeepClone()]
        : null;

    private static InvoiceFile Of(string format, IEnumerable<JsonNode?> invoices, Func<JsonNode?, FileInvoice> read) =>
        new(format, [.. invoices.Select((invoice, i) => read(invoice) with { Rows = [i + 1] })], []);

    private static FileInvoice Own(JsonNode? json, InvoiceFileOptions options)
    {
        if (json is not JsonObject invoice)
            return new([]) { Json = json };
        if (options.Source is not null)
            invoice["source"] ??= options.Source;
        var customer = invoice["customer"] as JsonObject;
        return new([])
        {
            Json = InvoiceJson.AddOptions(invoice, options),
            Number = TextOf(invoice, "number") ?? "",
            CustomerKey = TextOf(customer, "externalId") ?? TextOf(customer, "name") ?? "",
        };
    }

    /// <summary>A text, or a number as it is written: amounts never become floating-point numbers.</summary>
    /// <returns>Null where it is absent or empty.</returns>
    internal static string? TextOf(JsonNode? json, string name) =>
        json is JsonObject fields && fields[name] is JsonValue value && value.ToJsonString() is var raw && raw != "null"
            ? (value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : raw).Trim()
                is { Length: > 0 } text
                ? text
                : null
            : null;
}
