using System.Security.Cryptography;
using System.Text;

namespace Dunning.Receivables;

/// <summary>
/// Id of an invoice, <c>c…-i…</c>: the customer's id, which decides the partition, and the invoice's own. Both are
/// hashes of the natural keys, so the same document always gets the same id, and no id needs escaping.
/// </summary>
public readonly record struct InvoiceId(string Customer, string Invoice)
{
    private const int Length = 17;

    public override string ToString() => $"{Customer}-{Invoice}";

    public static InvoiceId Create(string customerId, string source, string externalId) =>
        new(customerId, Ids.Hash('i', $"{source}\n{externalId}"));

    public static bool TryParse(string? text, out InvoiceId id)
    {
        var parts = text?.Split('-') ?? [];
        var valid =
            parts is [{ Length: Length } customer, { Length: Length } invoice]
            && customer[0] == 'c'
            && invoice[0] == 'i'
            && (customer + invoice).All(char.IsAsciiLetterOrDigit);
        id = valid ? new InvoiceId(parts[0], parts[1]) : default;
        return valid;
    }
}

internal static class Ids
{
    /// <summary>Crockford's base 32: it omits letters that look like digits.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A one-letter prefix and 16 letters or digits.</summary>
    private const int HashLength = 17;

    /// <summary>
    /// The natural key of a customer is the external id in the source, else the email address, else the phone number,
    /// else the name in the source.
    /// </summary>
    public static string OfCustomer(string source, string? externalId, string? email, string? phone, string name) =>
        Hash(
            'c',
            externalId is not null ? $"id\n{source}\n{externalId}"
                : email is not null ? $"mail\n{email.ToLowerInvariant()}"
                : phone is not null ? $"phone\n{phone}"
                : $"name\n{source}\n{name.Trim().ToLowerInvariant()}"
        );

    /// <summary>
    /// False for anything but a whole customer id. A prefix of one would match the row keys of several customers.
    /// </summary>
    public static bool IsCustomer(string text) =>
        text.Length == HashLength && text[0] == 'c' && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>A name-based UUID (RFC 9562, version 8, SHA-256): the same text always gives the same UUID.</summary>
    public static Guid Uuid(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16];
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

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
