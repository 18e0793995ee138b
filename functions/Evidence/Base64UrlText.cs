using System.Buffers.Text;

namespace Dunning.Evidence;

internal static class Base64UrlText
{
    /// <returns>Null unless the text is the one encoding of so many bytes: without padding and white space.</returns>
    public static byte[]? Decode(string text, int bytes)
    {
        try
        {
            var decoded = Base64Url.DecodeFromChars(text);
            return decoded.Length == bytes && Base64Url.EncodeToString(decoded) == text ? decoded : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
