using Dunning.Configuration;
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
        CreditorOptions creditor,
        CancellationToken cancellationToken
    )
    {
        if (format is Xml)
            return XmlInvoice.Read(
                StrictXml.Load(new MemoryStream(body.ToArray(), writable: false), cancellationToken)
            );
        using var json = JsonInvoice.Parse(body);
        var reading = JsonInvoice.Read(json.RootElement, strict);
        if (reading.Document is not { } document)
            return reading;
        FieldProblem?[] links =
        [
            ProblemOf("paymentUrl", document.PaymentUrl, "Dunning__PaymentHosts", creditor.PaymentHosts),
            .. (document.PaymentLinks ?? []).Select(
                (link, i) =>
                    ProblemOf($"paymentLinks/{i}/url", link.Url, "Dunning__PaymentHosts", creditor.PaymentHosts)
            ),
            ProblemOf("documentUrl", document.DocumentUrl, "Dunning__DocumentHosts", creditor.DocumentHosts),
            .. (document.Documents ?? []).Select(
                (file, i) => ProblemOf($"documents/{i}/url", file.Url, "Dunning__DocumentHosts", creditor.DocumentHosts)
            ),
        ];
        return links.OfType<FieldProblem>().ToList() is { Count: > 0 } problems
            ? reading with
            {
                Document = null,
                Problems = problems,
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

    private static FieldProblem? ProblemOf(string field, string? url, string setting, IReadOnlyList<string> hosts) =>
        url is null || LinkHosts.Allow(new Uri(url), hosts)
            ? null
            : new FieldProblem(
                $"#/{field}",
                "host_not_allowed",
                $"The host of {field} must be one of {string.Join(", ", hosts)}; add it to {setting} if it is yours."
            );
}
