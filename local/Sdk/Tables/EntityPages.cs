using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>A query's pages, fetched as they are asked for. A page may be empty and still have a successor.</summary>
internal sealed class EntityPages<T>(TableWire wire, string? filter, int? maxPerPage, IEnumerable<string>? select, CancellationToken given)
    : AsyncPageable<T>(given) where T : class, ITableEntity
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        var next = continuationToken;
        do
        {
            var response = await wire.QueryAsync(Query(pageSizeHint ?? maxPerPage, next), CancellationToken);
            next = Continuation(response);
            yield return Page<T>.FromValues(EntityJson.ReadPage<T>(response), next, response);
        }
        while (next is not null);
    }

    private string Query(int? top, string? continuation)
    {
        var parts = new List<string>();
        if (!string.IsNullOrEmpty(filter)) parts.Add($"$filter={Uri.EscapeDataString(filter)}");
        if (top is { } limit) parts.Add(string.Create(CultureInfo.InvariantCulture, $"$top={limit}"));
        if (select is not null) parts.Add($"$select={Uri.EscapeDataString(string.Join(',', select))}");
        if (continuation is not null) parts.Add(continuation);
        return string.Join('&', parts);
    }

    /// <summary>The next request's part of the query, made of the two headers; the row key may be missing.</summary>
    private static string? Continuation(Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition)) return null;
        var next = $"NextPartitionKey={Uri.EscapeDataString(partition)}";
        return response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row) ? $"{next}&NextRowKey={Uri.EscapeDataString(row)}" : next;
    }
}
