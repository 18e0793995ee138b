using System.Security.Cryptography;
using System.Text;

namespace Dunning.Receivables;

/// <summary>
/// Id of an invoice, <c>c…-i…</c>: the customer's id, which decides the partition, and the invoice's own. Both are
/// hashes of the natural keys, so the same document always gets the same id, and no id needs escaping.
/// </summary>
public readonly record struct InvoiceId(CustomerId Customer, string Invoice)
{
    public override string ToString() => $"{Customer}-{Invoice}";

    public static InvoiceId Create(CustomerId customerId, string source, string externalId) =>
        new(customerId, Ids.Hash('i', $"{source}\n{externalId}"));

    public static bool TryParse(string? text, out InvoiceId id)
    {
        var parts = text?.Split('-') ?? [];
        var valid = parts is [var customer, var invoice] && Ids.IsHash('c', customer) && Ids.IsHash('i', invoice);
        id = valid ? new InvoiceId(new CustomerId(parts[0]), parts[1]) : default;
        return valid;
    }
}

internal static class Ids
{
    /// <summary>Crockford's base 32: it omits letters that look like digits.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A one-letter prefix and 16 letters or digits.</summary>
    private const int HashLength = 17;

    /// <summary>The key by which customers of one name are found; the name itself is not part of it.</summary>
    public static string NameKey(string source, string name) => Hash('n', $"{source}\n{Fold(name)}");

    /// <summary>Names that differ only in capitals, blanks and compatibility forms are one.</summary>
    public static string Fold(string name) =>
        string.Join(
            ' ',
            name.Normalize(NormalizationForm.FormKC)
                .ToLowerInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>A name-based UUID (RFC 9562, version 8, SHA-256): the same text always gives the same UUID.</summary>
    public static Guid Uuid(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16];
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>False for anything but a whole id with the prefix.</summary>
    public static bool IsHash(char prefix, string? text) =>
        text is { Length: HashLength } && text[0] == prefix && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>A prefix and 80 bits of SHA-256.</summary>
    internal static string Hash(char prefix, string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return prefix
            + string.Create(
                HashLength - 1,
                hash,
                static (chars, bytes) =>
                {
                    for (var i = 0; i < chars.Length; i++)
                        chars[i] = Alphabet[Bits(bytes, i * 5)];
                }
            );
    }

    private static int Bits(byte[] bytes, int start) =>
        ((bytes[start / 8] << 8 | bytes[start / 8 + 1]) >> (11 - start % 8)) & 0x1F;
}
