// dotnet run infra/book.cs -- save|restore <address of the table service> <folder>: copies the tables of the book out to
// one file each, a row a line, and in again. docs/deploy.md says when. The login is that of az or azd; a connection
// string in place of the address serves the storage emulator.
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:package Azure.Data.Tables
#:package Azure.Identity
using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Identity;

const int MaxRowsOfATransaction = 100;

// Storage takes 4 MiB; a row is up to 1 MiB, so few large rows are written at a time.
const int MaxCharactersOfATransaction = 1_000_000;
string[] tables = ["dunning", "lookup", "inbox", "failures"];

if (args is not [("save" or "restore") and var command, var address, var folder])
{
    Console.Error.WriteLine(
        "dotnet run infra/book.cs -- save|restore https://<account>.table.core.windows.net <folder>"
    );
    return 2;
}
var storage = address.StartsWith("https://", StringComparison.Ordinal)
    ? new TableServiceClient(new Uri(address), new DefaultAzureCredential())
    : new TableServiceClient(address);

if (command == "save")
{
    if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        return Refuse($"{folder} is not empty. Name a new folder.");
    Directory.CreateDirectory(folder);
    var savedAt = DateTimeOffset.UtcNow;
    foreach (var table in tables)
        Console.WriteLine($"{table}: {await SaveAsync(storage.GetTableClient(table), FileOf(table))} rows saved");
    await File.WriteAllTextAsync(SavedAtFile(), savedAt.ToString("O", CultureInfo.InvariantCulture));
    return 0;
}

if (!File.Exists(SavedAtFile()))
    return Refuse($"{SavedAtFile()} does not exist. Name the folder of a whole backup.");
foreach (var table in tables)
{
    if (!File.Exists(FileOf(table)))
        return Refuse($"{FileOf(table)} does not exist. Name the folder of a whole backup.");
    await storage.CreateTableIfNotExistsAsync(table);
    await foreach (var row in storage.GetTableClient(table).QueryAsync<TableEntity>(maxPerPage: 1))
        return Refuse(
            $"The table {table} holds rows. Restore into an account without any: stop the app, then delete them, or "
                + "name another account."
        );
}

// First of all, so that an app that is started too early sends nothing.
await storage.GetTableClient("dunning").AddEntityAsync(StopRow());
Console.WriteLine("Sending is stopped until POST /api/manage/start, see docs/operations.md");
foreach (var table in tables)
    Console.WriteLine($"{table}: {await RestoreAsync(storage.GetTableClient(table), FileOf(table))} rows restored");
return 0;

string FileOf(string table) => Path.Combine(folder, $"{table}.ndjson");

string SavedAtFile() => Path.Combine(folder, "saved-at.txt");

// What the app stores itself when somebody stops it, with the instant since which anything may have been sent.
TableEntity StopRow()
{
    var savedAt = File.ReadAllText(SavedAtFile()).Trim();
    var stop = new JsonObject
    {
        ["isStop"] = true,
        ["at"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        ["by"] = "infra/book.cs",
        ["reason"] = $"The data were restored from a backup of {savedAt}",
    };
    var state = new JsonObject { ["changes"] = new JsonArray(stop), ["restoredFrom"] = savedAt };
    return new TableEntity("config", "sending") { ["Json"] = state.ToJsonString(), ["Schema"] = 1 };
}

static int Refuse(string reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

static async Task<int> SaveAsync(TableClient table, string file)
{
    var count = 0;
    await using var writer = new StreamWriter(file);
    await foreach (var row in table.QueryAsync<TableEntity>())
    {
        var line = new JsonObject();
        foreach (var (name, value) in row)
        {
            // Storage sets both anew.
            if (name is not ("odata.etag" or "Timestamp") && value is not null)
                line[name] = Written(name, value);
        }
        await writer.WriteLineAsync(line.ToJsonString());
        count++;
    }
    return count;
}

static async Task<int> RestoreAsync(TableClient table, string file)
{
    var count = 0;
    var (rows, characters) = (new List<TableTransactionAction>(), 0);
    foreach (var line in File.ReadLines(file))
    {
        var row = new TableEntity();
        foreach (var (name, value) in JsonNode.Parse(line)!.AsObject())
            row[name] = Read(value!);
        // Already written by StopRow; the backup's own row is skipped.
        if ((row.PartitionKey, row.RowKey) == ("config", "sending"))
            continue;
        var isOther = rows is [var first, ..] && first.Entity.PartitionKey != row.PartitionKey;
        if (isOther || rows.Count == MaxRowsOfATransaction || characters + line.Length > MaxCharactersOfATransaction)
            await WriteAsync();
        rows.Add(new TableTransactionAction(TableTransactionActionType.Add, row));
        characters += line.Length;
        count++;
    }
    await WriteAsync();
    return count;

    async Task WriteAsync()
    {
        if (rows.Count > 0)
            await table.SubmitTransactionAsync(rows);
        rows.Clear();
        characters = 0;
    }
}

// Strings and booleans are written as they are; other types are written as {type: value}.
static JsonNode Written(string name, object value) =>
    value switch
    {
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => Typed("int", number.ToString(CultureInfo.InvariantCulture)),
        long number => Typed("long", number.ToString(CultureInfo.InvariantCulture)),
        double number => Typed("double", number.ToString("R", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Typed("time", time.ToString("O", CultureInfo.InvariantCulture)),
        Guid id => Typed("guid", id.ToString()),
        byte[] bytes => Typed("bytes", Convert.ToBase64String(bytes)),
        BinaryData bytes => Typed("bytes", Convert.ToBase64String(bytes)),
        _ => throw new InvalidOperationException(
            $"{name} has the type {value.GetType().Name}, which is not known here."
        ),
    };

static JsonObject Typed(string type, string value) => new() { [type] = value };

static object Read(JsonNode node) =>
    node is JsonObject typed && typed.Single() is var (type, value) && (string)value! is var text
        ? type switch
        {
            "int" => int.Parse(text, CultureInfo.InvariantCulture),
            "long" => long.Parse(text, CultureInfo.InvariantCulture),
            "double" => double.Parse(text, CultureInfo.InvariantCulture),
            "time" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            "guid" => Guid.Parse(text),
            "bytes" => Convert.FromBase64String(text),
            _ => throw new InvalidOperationException($"The type {type} is not known here."),
        }
    : node.GetValueKind() is System.Text.Json.JsonValueKind.String ? (string)node!
    : (bool)node;
