using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Payments.Webhooks;

/// <summary>HMAC-SHA256 and its two spellings, read so strictly that one MAC has one text only.</summary>
internal static class Mac
{
    /// <summary>
    /// The four base64 characters of three bytes, times eleven: no room for white space that the decoder would skip.
    /// </summary>
    private const int Base64Length = 44;

    public static byte[] Compute(byte[] key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary>64 lower-case hex digits, or null.</summary>
    public static byte[]? FromHex(string text)
    {
        var mac = new byte[HMACSHA256.HashSizeInBytes];
        return
            text.Length == 2 * mac.Length
            && text.All(char.IsAsciiHexDigitLower)
            && Convert.FromHexString(text, mac, out _, out _) == OperationStatus.Done
            ? mac
            : null;
    }

    /// <summary>44 base64 characters of 32 bytes in their canonical spelling, or null.</summary>
    public static byte[]? FromBase64(string text)
    {
        var mac = new byte[HMACSHA256.HashSizeInBytes];
        return
            text.Length == Base64Length
            && Convert.TryFromBase64String(text, mac, out var length)
            && length == mac.Length
            && Convert.ToBase64String(mac) == text
            ? mac
            : null;
    }
}
