using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Local;

/// <summary>
/// The keys callers show as <c>x-functions-key</c> or <c>?code=</c>. The master key opens everything.
/// </summary>
public sealed record FunctionKeys(string Function, string Master)
{
    public bool Allow(AuthorizationLevel level, HttpRequest request)
    {
        if (level == AuthorizationLevel.Anonymous)
            return true;

        string? shown = request.Headers["x-functions-key"];
        shown ??= request.Query["code"];
        if (string.IsNullOrEmpty(shown))
            return false;

        return Same(shown, Master) || (level == AuthorizationLevel.Function && Same(shown, Function));
    }

    /// <summary>Keys stay out of logs.</summary>
    public override string ToString() => nameof(FunctionKeys);

    private static bool Same(string shown, string key) =>
        CryptographicOperations.FixedTimeEquals(Digest(shown), Digest(key));

    /// <summary>Of one length whatever the key's is, so that the comparison does not tell it.</summary>
    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
