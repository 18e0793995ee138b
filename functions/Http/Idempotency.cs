using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>
/// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07). The response for a key is stored for 48
/// hours and returned again. The key is inserted before the work starts, so only one of two concurrent requests runs.
/// </summary>
public sealed class Idempotency(TableClient table, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int MaxKeyLength = 255;
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(48);

    /// <summary>
    /// A request without a response after this time was lost with its process. Its work can safely run again.
    /// </summary>
    private static readonly TimeSpan _abandoned = TimeSpan.FromMinutes(5);

    /// <summary>Runs the work, or returns the stored response. A request without a key always runs.</summary>
    public async Task<IResult> RunAsync(
        HttpRequest request,
        ReadOnlyMemory<byte> body,
        Func<Task<ApiResult>> work,
        CancellationToken cancellationToken
    )
    {
        if (KeyOf(request) is not { } key)
            return await work();
        if (key.Length is 0 or > MaxKeyLength || key.Any(c => c is < '!' or > '~'))
            return ApiResult.Problem(
                StatusCodes.Status400BadRequest,
                "idempotency-key-invalid",
                "The idempotency key is invalid",
                $"Send 1 to {MaxKeyLength} visible ASCII characters in {Header}."
            );

        var slot = $"k_{Digest($"{request.Method} {request.Path} {key}")}";
        var bodyHash = Digest(body.Span);
        if (await ReadExistingAsync(slot, bodyHash, cancellationToken) is { } existing)
            return existing;
        try
        {
            var result = await work();
            // A failed request may be repeated with the same key.
            await (result.Status is >= 500 or 429 ? ReleaseAsync(slot) : StoreAsync(slot, bodyHash, result));
            return result;
        }
        catch
        {
            await ReleaseAsync(slot);
            throw;
        }
    }

    /// <summary>Like <see cref="RunAsync"/>, for a JSON request that is refused without a key.</summary>
    /// <param name="what">What is sent once only.</param>
    /// <param name="work">Receives the key and the body.</param>
    public async Task<IResult> RunWithKeyAsync(
        HttpRequest request,
        string what,
        Func<string, byte[], Task<ApiResult>> work,
        CancellationToken cancellationToken
    )
    {
        if (KeyOf(request) is not { } key)
            return ApiResult.Problem(
                StatusCodes.Status400BadRequest,
                "idempotency-key-missing",
                "The idempotency key is missing",
                $"Send a new {Header} header with each {what}, and the same one with a retry."
            );
        var (body, error) = await RequestBody.ReadJsonAsync(request, cancellationToken);
        return error ?? await RunAsync(request, body, () => work(key, body), cancellationToken);
    }

    /// <summary>Deletes expired responses whose slot starts with the given hex digits.</summary>
    public async Task PruneAsync(string slotPrefix, CancellationToken cancellationToken)
    {
        var from = $"k_{slotPrefix}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {Keys.EndOf(from)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (clock.GetUtcNow() - Rows.Read<StoredAnswer>(row).Since > _lifetime)
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    /// <summary>The key without the quotes of a structured string (RFC 8941); null without the header.</summary>
    private static string? KeyOf(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var values) ? values.ToString().Trim().Trim('"') : null;

    private async Task<ApiResult?> ReadExistingAsync(string slot, string bodyHash, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        var ownRow = Rows.Write(slot, "-", new StoredAnswer(bodyHash, clock.GetUtcNow(), null, owner));
        try
        {
            await table.AddEntityAsync(ownRow, cancellationToken);
            return null;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(slot, "-", cancellationToken: cancellationToken);
            if (!row.HasValue)
                return InProgress();
            var stored = Rows.Read<StoredAnswer>(row.Value!);
            // The storage client repeated an insert whose response was lost: the existing row is our own.
            if (stored.Owner == owner)
                return null;
            if (clock.GetUtcNow() - stored.Since > (stored.Answer is null ? _abandoned : _lifetime))
            {
                return await TakeOverAsync(ownRow, row.Value!.ETag, cancellationToken) ? null : InProgress();
            }
            if (stored.BodyHash != bodyHash)
                return ApiResult.Problem(
                    StatusCodes.Status422UnprocessableEntity,
                    "idempotency-key-reused",
                    "The idempotency key was used for another request",
                    $"This {Header} was sent before with another body: use a new key for a new request."
                );
            return stored.Answer is null ? InProgress() : stored.Answer.With("Idempotency-Replayed", "true");
        }
    }

    private async Task<bool> TakeOverAsync(TableEntity ownRow, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(ownRow, version, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            return false;
        }
    }

    private static ApiResult InProgress() =>
        ApiResult.Problem(
            StatusCodes.Status409Conflict,
            "idempotency-in-progress",
            "The same request is still running",
            "Wait a moment, then send the request again with the same key to receive its response."
        );

    private Task StoreAsync(string slot, string bodyHash, ApiResult result) =>
        table.UpsertEntityAsync(
            Rows.Write(slot, "-", new StoredAnswer(bodyHash, clock.GetUtcNow(), result)),
            TableUpdateMode.Replace,
            CancellationToken.None
        );

    private Task ReleaseAsync(string slot) => table.DeleteEntityAsync(slot, "-", ETag.All, CancellationToken.None);

    private static string Digest(string text) => Digest(Encoding.UTF8.GetBytes(text));

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed record StoredAnswer(string BodyHash, DateTimeOffset Since, ApiResult? Answer, Guid? Owner = null);
}
