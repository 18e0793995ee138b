using Dunning.Http;
using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;

namespace Dunning.Invoices.Formats;

/// <summary>The supported formats of an invoice, by media type.</summary>
internal static class DocumentFormat
{
    public const string Json = "application/json";
    public const string Xml = "application/xml";
    public const string JsonLines = "application/x-ndjson";

    /// <returns><see cref="Json"/> or <see cref="Xml"/>; null for anything else.</returns>
    public static string? FromMediaType(string mediaType) =>
        mediaType switch
        {
            Json => Json,
            Xml or "text/xml" => Xml,
            _ => null,
        };

    /// <exception cref="UnreadableDocumentException">The bytes are not a document of that format.</exception>
    public static InvoiceReading Read(
        string format,
        ReadOnlyMemory<byte> body,
        bool strict,
        IReadOnlyList<string> paymentHosts
    )
    {
        if (format is Xml)
            return XmlInvoice.Read(XmlInvoice.Load(new MemoryStream(body.ToArray(), writable: false)));
        using var json = JsonInvoice.Parse(body);
        var reading = JsonInvoice.Read(json.RootElement, strict);
        return
            reading.Document?.PaymentUrl is { } url
            && paymentHosts.Count > 0
            && !paymentHosts.Contains(new Uri(url).IdnHost, StringComparer.OrdinalIgnoreCase)
            ? reading with
            {
                Document = null,
                Problems = [HostNotAllowed(paymentHosts)],
            }
            : reading;
    }

    public static ApiResult Unsupported() =>
        ApiResult
            .Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-media-type",
                "Unsupported media type",
                $"Send {Json}, or UBL 2.1 or UN/CEFACT CII as {Xml}; post many invoices at once to "
                    + $"/api/invoices/import as {JsonLines}."
            )
            .With("Accept-Post", $"{Json}, {Xml}");

    private static FieldProblem HostNotAllowed(IReadOnlyList<string> hosts) =>
        new(
            "#/paymentUrl",
            "host_not_allowed",
            $"The host of paymentUrl must be one of {string.Join(", ", hosts)}; add it to Dunning__PaymentHosts if it "
                + "is yours."
        );
}
