using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>
/// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07): the answer to a key is kept for 48 hours
/// and given again; the key is inserted before the work, so two requests at once cannot both run.
/// </summary>
public sealed class Idempotency(TableClient table, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int MaxKeyLength = 255;
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(48);

    /// <summary>
    /// A request that has not answered by now died with its process; the work itself is safe to run again.
    /// </summary>
    private static readonly TimeSpan _abandoned = TimeSpan.FromMinutes(5);

    /// <summary>A request without a key simply runs.</summary>
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
                "The idempotency key is not usable",
                $"{Header} takes 1 to {MaxKeyLength} visible ASCII characters."
            );

        var slot = $"k_{Digest($"{request.Method} {request.Path} {key}")}";
        var bodyHash = Digest(body.Span);
        if (await ReadExistingAsync(slot, bodyHash, cancellationToken) is { } other)
            return other;
        try
        {
            var answer = await work();
            await (answer.Status is >= 500 or 429 ? FreeAsync(slot) : KeepAsync(slot, bodyHash, answer));
            return answer;
        }
        catch
        {
            await FreeAsync(slot);
            throw;
        }
    }

    /// <summary>Deletes answers that are kept no longer, among those whose slots begin alike.</summary>
    /// <param name="slots">The first hex digits.</param>
    public async Task PruneAsync(string slots, CancellationToken cancellationToken)
    {
        var from = $"k_{slots}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {Keys.EndOf(from)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (clock.GetUtcNow() - Rows.Read<StoredAnswer>(row).Since > _lifetime)
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    /// <summary>The key as sent: a quoted string (RFC 8941) or bare.</summary>
    public static string? KeyOf(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var values) ? values.ToString().Trim().Trim('"') : null;

    private async Task<ApiResult?> ReadExistingAsync(string slot, string bodyHash, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        var mine = Rows.Write(slot, "-", new StoredAnswer(bodyHash, clock.GetUtcNow(), null, owner));
        try
        {
            await table.AddEntityAsync(mine, cancellationToken);
            return null;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(slot, "-", cancellationToken: cancellationToken);
            if (!row.HasValue)
                return InProgress();
            var kept = Rows.Read<StoredAnswer>(row.Value!);
            // The client's retry, after a lost answer, is refused by our own success.
            if (kept.Owner == owner)
                return null;
            if (clock.GetUtcNow() - kept.Since > (kept.Answer is null ? _abandoned : _lifetime))
            {
                return await TakeOverAsync(mine, row.Value!.ETag, cancellationToken) ? null : InProgress();
            }
            if (kept.BodyHash != bodyHash)
                return ApiResult.Problem(
                    StatusCodes.Status422UnprocessableEntity,
                    "idempotency-key-reused",
                    "The idempotency key was used for something else",
                    $"This {Header} came with another body before; use a new key for a new request."
                );
            return kept.Answer is null ? InProgress() : kept.Answer.With("Idempotency-Replayed", "true");
        }
    }

    private async Task<bool> TakeOverAsync(TableEntity mine, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(mine, version, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException faster) when (faster.Status is 404 or 412)
        {
            return false;
        }
    }

    private static ApiResult InProgress() =>
        ApiResult.Problem(
            StatusCodes.Status409Conflict,
            "idempotency-in-progress",
            "The same request is still running",
            "Wait for its answer, then ask again with the same key."
        );

    private Task KeepAsync(string slot, string bodyHash, ApiResult answer) =>
        table.UpsertEntityAsync(
            Rows.Write(slot, "-", new StoredAnswer(bodyHash, clock.GetUtcNow(), answer)),
            TableUpdateMode.Replace,
            CancellationToken.None
        );

    private Task FreeAsync(string slot) => table.DeleteEntityAsync(slot, "-", ETag.All, CancellationToken.None);

    private static string Digest(string text) => Digest(Encoding.UTF8.GetBytes(text));

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed record StoredAnswer(string BodyHash, DateTimeOffset Since, ApiResult? Answer, Guid? Owner = null);
}
