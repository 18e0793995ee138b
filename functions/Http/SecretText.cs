using System.Security.Cryptography;
using System.Text;

namespace Dunning.Http;

/// <summary>Compares keys and signatures so that the time it takes reveals nothing about them.</summary>
internal static class SecretText
{
    /// <summary>A hash has a fixed length, so the comparison does not reveal the length either.</summary>
    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Hash(one), Hash(other));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
