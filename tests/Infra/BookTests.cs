using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Infra;

/// <summary>The tables of the book, copied out and in again by infra/book.cs.</summary>
[Trait("Category", "Long")]
public sealed class BookTests
{
    private static readonly string _script = Path.Combine(Repository.Root, "infra", "book.cs");

    [Fact]
    public async Task A_saved_book_is_restored_row_by_row_and_only_into_empty_tables()
    {
        await using var from = await TestStorage.OpenAccountAsync();
        await using var to = await TestStorage.OpenAccountAsync();
        using var files = new TemporaryFolder();
        var folder = Path.Combine(files.Path, "backup");
        await FillAsync(from.ConnectionString);

        var saved = await RunAsync("save", from.ConnectionString, folder);
        var restored = await RunAsync("restore", to.ConnectionString, folder);
        var again = await RunAsync("restore", to.ConnectionString, folder);
        var over = await RunAsync("save", from.ConnectionString, folder);

        Assert.True((saved.Code, restored.Code) == (0, 0), saved.Output + restored.Output);
        Assert.Contains("dunning: 251 rows saved", saved.Output, StringComparison.Ordinal);
        Assert.Equal(
            await RowsAsync(from.ConnectionString),
            (await RowsAsync(to.ConnectionString)).Where(row =>
                !row.Contains("RowKey:String:sending", StringComparison.Ordinal)
            )
        );
        var sending = await new SendingSwitch(new TableClient(to.ConnectionString, Tables.Book)).ReadAsync(
            CancellationToken.None
        );
        Assert.StartsWith("The data were restored", sending.Stop?.Reason, StringComparison.Ordinal);
        Assert.True(sending.RestoredFrom <= sending.Stop!.At, $"{sending.RestoredFrom}");
        Assert.Equal(1, again.Code);
        Assert.Contains("The table dunning holds rows", again.Output, StringComparison.Ordinal);
        Assert.Equal(1, over.Code);
    }

    private static Task<(int Code, string Output)> RunAsync(string command, string storage, string folder) =>
        Shell.RunAsync("dotnet", "run", _script, "--", command, storage, folder);

    /// <summary>More rows than one transaction takes, more text than one request, and every type of a value.</summary>
    private static async Task FillAsync(string storage)
    {
        foreach (var name in Tables.All.Where(name => name != Tables.Jobs))
            await new TableClient(storage, name).CreateIfNotExistsAsync();
        var book = new TableClient(storage, Tables.Book);
        for (var i = 0; i < 250; i += 10)
            await book.SubmitTransactionAsync(
                Enumerable
                    .Range(i, 10)
                    .Select(n => new TableTransactionAction(
                        TableTransactionActionType.Add,
                        new TableEntity(n < 200 ? "s00" : "s01", $"i_{n:D3}") { ["Data"] = new string('ä', 20_000) }
                    ))
            );
        await book.AddEntityAsync(
            new TableEntity("config", "types")
            {
                ["Text"] = "Müller \"& Söhne\" \u2028",
                ["Truth"] = true,
                ["Int"] = 16,
                ["Long"] = 9_007_199_254_740_993L,
                ["Double"] = 0.1,
                ["Time"] = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1234567),
                ["Id"] = Guid.Parse("d3b0f6c8-8d5e-4f0e-9c1a-6f3f4a5b6c7d"),
                ["Bytes"] = new byte[] { 0, 1, 255 },
            }
        );
        await new TableClient(storage, Tables.Lookup).AddEntityAsync(new TableEntity("x", "y") { ["Data"] = "z" });
    }

    private static async Task<List<string>> RowsAsync(string storage)
    {
        var found = new List<string>();
        foreach (var name in Tables.All.Where(name => name != Tables.Jobs))
        {
            await foreach (var row in new TableClient(storage, name).QueryAsync<TableEntity>())
                found.Add(
                    $"{name} "
                        + string.Join(
                            ' ',
                            row.Where(value => value.Key is not ("odata.etag" or "Timestamp"))
                                .OrderBy(value => value.Key, StringComparer.Ordinal)
                                .Select(value => $"{value.Key}:{value.Value.GetType().Name}:{Written(value.Value)}")
                        )
                );
        }
        return found;
    }

    private static string Written(object value) =>
        value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            DateTimeOffset time => time.ToString("O"),
            _ => $"{value}",
        };
}
