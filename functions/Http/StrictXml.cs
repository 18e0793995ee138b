using System.Xml;
using System.Xml.Linq;

namespace Dunning.Http;

/// <summary>Reads XML from untrusted senders.</summary>
internal static class StrictXml
{
    /// <summary>Attachments are embedded as base64; real e-invoices reach 3.3 million characters.</summary>
    private const int MaxCharacters = 5_000_000;

    /// <summary>As of JSON; e-invoices with signatures in extensions have about 20.</summary>
    private const int MaxDepth = 64;

    /// <summary>No document type, no entities, no external resources.</summary>
    /// <param name="body">Read twice and synchronously, so a request's body must be buffered first.</param>
    /// <exception cref="UnreadableDocumentException">400 <c>malformed-xml</c>.</exception>
    public static XDocument Load(Stream body, CancellationToken cancellationToken = default)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using (var reader = XmlReader.Create(body, settings))
                EnsureBounded(reader, cancellationToken);
            body.Position = 0;
            using var bounded = XmlReader.Create(body, settings);
            return XDocument.Load(bounded);
        }
        catch (XmlException e)
        {
            throw new UnreadableDocumentException(
                400,
                "malformed-xml",
                $"Send well-formed XML without a document type, at most {MaxCharacters} characters long; the "
                    + $"error is at line {e.LineNumber}, column {e.LinePosition}."
            );
        }
    }

    /// <summary>
    /// <see cref="XDocument"/> walks up to the root for each node that it adds: nesting costs time by its square.
    /// </summary>
    private static void EnsureBounded(XmlReader reader, CancellationToken cancellationToken)
    {
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.NodeType is XmlNodeType.Element && reader.Depth >= MaxDepth)
                throw new UnreadableDocumentException(
                    400,
                    "malformed-xml",
                    $"At most {MaxDepth} levels of elements are read; send the document without such an extension."
                );
        }
    }
}
