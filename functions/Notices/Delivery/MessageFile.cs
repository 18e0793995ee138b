using System.Security.Cryptography;
using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>A file of an email: attached, or a picture that the HTML shows.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Size">In bytes.</param>
public sealed record MessageFile(string Name, string ContentType, string Sha256, int Size) : StoredRecord
{
    /// <summary>By which the HTML shows a picture: <c>cid:</c> (RFC 2392); null for an attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>In the archive null where <see cref="BlobName"/> has it.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Of a document of an invoice.</summary>
    public string? BlobName { get; init; }

    public static MessageFile Create(string name, string contentType, byte[] content) =>
        new(name, contentType, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length)
        {
            Content = content,
        };

    /// <summary>For a page that shows the email: the picture itself in place of its id.</summary>
    public string PutInto(string html) =>
        ContentId is null || Content is null
            ? html
            : html.Replace(
                $"cid:{ContentId}",
                $"data:{ContentType};base64,{Convert.ToBase64String(Content)}",
                StringComparison.Ordinal
            );
}
