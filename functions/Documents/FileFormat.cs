using System.Text;

namespace Dunning.Documents;

/// <summary>What a file is, by its first bytes: neither its name nor what a server says of it decides.</summary>
internal static class FileFormat
{
    public const string Pdf = "application/pdf";

    private static readonly IReadOnlyList<(string Type, byte[] Start)> _starts =
    [
        (Pdf, Encoding.ASCII.GetBytes("%PDF-")),
        ("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/jpeg", [0xFF, 0xD8, 0xFF]),
    ];

    /// <returns>Null for anything but a PDF, PNG or JPEG.</returns>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        foreach (var (type, start) in _starts)
        {
            if (content.StartsWith(start))
                return type;
        }
        return null;
    }

    public static string ExtensionOf(string contentType) =>
        contentType switch
        {
            Pdf => ".pdf",
            "image/png" => ".png",
            _ => ".jpg",
        };
}
