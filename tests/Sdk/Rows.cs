using Azure;

namespace Dunning.Tests.Sdk;

internal static class Rows
{
    public static async Task<List<T>> Of<T>(AsyncPageable<T> pages) where T : notnull
    {
        var rows = new List<T>();
        await foreach (var row in pages) rows.Add(row);
        return rows;
    }
}
