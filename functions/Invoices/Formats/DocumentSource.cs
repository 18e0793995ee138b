using System.Text.Json.Serialization;
using Dunning.Receivables;

namespace Dunning.Invoices.Formats;

/// <summary>A file that came with an invoice: its address, or the file itself.</summary>
/// <param name="Name">Of the file, with its extension.</param>
/// <param name="Url">HTTPS; null for a file that is inside the invoice.</param>
public sealed record DocumentSource(DocumentType Type, string Name, string? Url)
{
    public string? ContentType { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Not part of the invoice's hash, which has that of the content.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }
}
