using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// HMAC-SHA256 and its two encodings, decoded so strictly that each MAC has exactly one accepted text.
/// </summary>
internal static class Mac
{
    /// <summary>
    /// 32 bytes in base64: eleven groups of four characters. The fixed length excludes white space, which the decoder
    /// would skip.
    /// </summary>
    private const int Base64Length = 44;

    public static byte[] Compute(byte[] key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <returns>Null for anything but 64 lower-case hex digits.</returns>
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

    /// <returns>Null for anything but the canonical base64 of 32 bytes.</returns>
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
