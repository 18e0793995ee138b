using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Local;

/// <summary>
/// The keys that callers send as <c>x-functions-key</c> or <c>?code=</c>. The master key is valid for every function.
/// </summary>
public sealed record FunctionKeys(string Function, string Master)
{
    public bool Allow(AuthorizationLevel level, HttpRequest request)
    {
        if (level == AuthorizationLevel.Anonymous)
            return true;

        string? sent = request.Headers["x-functions-key"];
        sent ??= request.Query["code"];
        if (string.IsNullOrEmpty(sent))
            return false;

        return AreEqual(sent, Master) || (level == AuthorizationLevel.Function && AreEqual(sent, Function));
    }

    /// <summary>Without the keys, so that no log contains them.</summary>
    public override string ToString() => nameof(FunctionKeys);

    private static bool AreEqual(string sent, string key) =>
        CryptographicOperations.FixedTimeEquals(Digest(sent), Digest(key));

    /// <summary>Digests have one length, so that the time of the comparison does not reveal the key's length.</summary>
    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
