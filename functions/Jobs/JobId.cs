using System.Security.Cryptography;

namespace Dunning.Jobs;

/// <summary>128 random bits as lower-case hexadecimal digits.</summary>
internal static class JobId
{
    private const int Bytes = 16;

    public static string Create() => RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true);

    public static bool IsValid(string id) => id.Length == 2 * Bytes && id.All(char.IsAsciiHexDigitLower);
}
