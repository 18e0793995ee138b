using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Dunning.Local;

namespace Dunning.Tests.Releases;

/// <summary>The tables that the demo of a release wrote, recorded by <c>.ci/record-book</c>; never changed.</summary>
internal sealed record RecordedBook(string Release)
{
    private static readonly string _root = Path.Combine(Repository.Root, "tests", "Releases");

    private string Folder => Path.Combine(_root, Release);

    public static IReadOnlyList<string> Releases =>
        [.. Directory.EnumerateDirectories(_root).Select(folder => Path.GetFileName(folder)!)];

    public DateTimeOffset SavedAt =>
        DateTimeOffset.Parse(File.ReadAllText(Path.Combine(Folder, "saved-at.txt")), CultureInfo.InvariantCulture);

    /// <summary>The texts of queue messages, by queue.</summary>
    public IReadOnlyList<(string Queue, string Text)> Messages =>
        [
            .. File.ReadLines(Path.Combine(Folder, "messages.ndjson"))
                .Select(line => JsonNode.Parse(line)!)
                .Select(message => ((string)message["queue"]!, message["message"]!.ToJsonString())),
        ];

    /// <summary>None of a table that the release did not have.</summary>
    public IEnumerable<TableEntity> Rows(string table) =>
        Path.Combine(Folder, $"{table}.ndjson") is var file && File.Exists(file)
            ? File.ReadLines(file).Select(Row)
            : [];

    public async Task FillAsync(string connectionString)
    {
        var storage = new TableServiceClient(connectionString);
        foreach (var name in Tables.All)
        {
            var table = storage.GetTableClient(name);
            await table.CreateIfNotExistsAsync();
            foreach (var partition in Rows(name).GroupBy(row => row.PartitionKey))
            {
                foreach (var batch in partition.Chunk(100))
                    await table.SubmitTransactionAsync(
                        batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))
                    );
            }
        }
    }

    /// <summary>A line of infra/book.cs: texts and truths as they are, other types as {type: value}.</summary>
    private static TableEntity Row(string line)
    {
        var row = new TableEntity();
        foreach (var (name, value) in JsonNode.Parse(line)!.AsObject())
            row[name] = value switch
            {
                JsonObject typed => Read(typed.Single().Key, (string)typed.Single().Value!),
                _ when value!.GetValueKind() is JsonValueKind.String => (string)value!,
                _ => (bool)value,
            };
        return row;
    }

    private static object Read(string type, string text) =>
        type switch
        {
            "int" => int.Parse(text, CultureInfo.InvariantCulture),
            "long" => long.Parse(text, CultureInfo.InvariantCulture),
            "time" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            "bytes" => Convert.FromBase64String(text),
            _ => throw new InvalidOperationException($"The type {type} is not known here."),
        };
}
