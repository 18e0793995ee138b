using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Dunning.Http;
using Dunning.Receivables.Storage;

namespace Dunning.PortalLinks;

/// <summary>
/// Signs what the portal gives to a customer. The key is made at the first start and read once by each instance, so
/// that a forged link is refused without a request to storage. Deleting its row ends all links.
/// </summary>
public sealed class PortalKey
{
    private const string RowKey = "portal-key";
    private const string Column = "Key";

    private byte[] _key = [];

    /// <summary>To be opened before the first use.</summary>
    public PortalKey() { }

    public PortalKey(byte[] key) => _key = key;

    public async Task OpenAsync(TableClient table, CancellationToken cancellationToken)
    {
        var row = await ConfigRow.GetOrAddAsync(
            table,
            RowKey,
            (Column, RandomNumberGenerator.GetBytes(32)),
            cancellationToken
        );
        _key = row.GetBinary(Column);
    }

    /// <param name="purpose">What is signed for one purpose is worth nothing for another.</param>
    /// <returns>192 bits of an HMAC (RFC 2104) as base64url: 32 characters.</returns>
    internal string Sign(string purpose, string text) =>
        _key.Length > 0
            ? Convert
                .ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{text}"))[..24])
                .Replace('+', '-')
                .Replace('/', '_')
            : throw new InvalidOperationException("The key of the portal is unknown: call PrepareAsync at the start.");

    internal bool IsSigned(string purpose, string text, string signature) =>
        SecretText.AreEqual(Sign(purpose, text), signature);
}
