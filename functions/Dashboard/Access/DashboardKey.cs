using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Dashboard.Access;

/// <summary>
/// A key with which one person signs in. The key itself is shown once, when it is created, and not stored.
/// </summary>
/// <param name="Id">The part of the key between its two underscores; not secret.</param>
/// <param name="Name">The person; every change that is made with the key names it.</param>
/// <param name="Hash">
/// SHA-256 of the key, hexadecimal. A key has 256 random bits, so it needs neither a salt nor a slow hash.
/// </param>
/// <param name="CreatedAt">UTC.</param>
public sealed record DashboardKey(string Id, string Name, DashboardRole Role, string Hash, DateTimeOffset CreatedAt)
    : StoredRecord
{
    private const string Prefix = "dk";

    /// <summary>UTC; null while the key is valid.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    internal static (DashboardKey Key, string Secret) Create(string name, DashboardRole role, DateTimeOffset now)
    {
        var id = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var secret = $"{Prefix}_{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (new DashboardKey(id, name, role, HashOf(secret), now), secret);
    }

    /// <returns>The id in a key; null for any other text, such as a key of the Functions host.</returns>
    internal static string? IdOf(string secret) =>
        secret.Split('_', 3) is [Prefix, { Length: 8 } id, { Length: > 0 }] && id.All(char.IsAsciiHexDigitLower)
            ? id
            : null;

    internal bool IsOpenedBy(string secret) => RevokedAt is null && SecretText.AreEqual(HashOf(secret), Hash);

    private static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
