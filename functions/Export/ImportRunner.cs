using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Http;
using Dunning.Jobs;
using Dunning.Receivables.Storage;

namespace Dunning.Export;

/// <summary>
/// The job of an import: before anything else all sending is stopped, then the rows and files are written line by line.
/// </summary>
public sealed class ImportRunner(
    TableServiceClient tables,
    BlobServiceClient blobs,
    ReceivablesTable receivables,
    JobFiles files,
    TimeProvider clock
) : IJobRunner
{
    private const int LinesPerSlice = 1000;
    private const int MaxRowsOfTransaction = 100;

    /// <summary>Storage takes 4 MiB; a row has up to 1 MiB.</summary>
    private const int MaxBytesOfTransaction = 1_000_000;

    public JobKind Kind => JobKind.Import;

    public async Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken)
    {
        var from = job.Position is null ? 0 : long.Parse(job.Position, CultureInfo.InvariantCulture);
        var (read, until, length) = await files.ReadInputLinesAsync(job.Id, from, LinesPerSlice, cancellationToken);
        var lines = read.Select(line => (Line: Read(line), Bytes: line.Length)).ToList();
        if (lines.Select(line => line.Line.Export).FirstOrDefault() is { } head)
            await StopAsync(head, cancellationToken);
        await WriteRowsAsync(lines, cancellationToken);
        foreach (var (line, _) in lines.Where(line => line.Line.Blob is not null))
            await WriteFileAsync(line, cancellationToken);
        await files.SaveSliceAsync<ExportSummary>(
            job,
            [],
            new ExportSummary(
                lines.Count(line => line.Line.Row is not null),
                lines.Count(line => line.Line.Blob is not null)
            ).Plus,
            cancellationToken
        );
        return new JobSlice(
            until < length ? until.ToString(CultureInfo.InvariantCulture) : null,
            (int)(100 * until / length),
            lines.Count
        );
    }

    /// <summary>What was sent since the export is not known here: it is looked into before anything is sent.</summary>
    private Task StopAsync(ExportHead head, CancellationToken cancellationToken) =>
        receivables.Sending.ChangeAsync(
            state =>
                state.Stopped("import", $"The data were imported from an export of {head.At:u}", clock.GetUtcNow()) with
                {
                    RestoredFrom = head.At,
                },
            cancellationToken
        );

    private async Task WriteRowsAsync(
        IEnumerable<(ExportLine Line, int Bytes)> lines,
        CancellationToken cancellationToken
    )
    {
        var (rows, bytes, table) = (new List<TableTransactionAction>(), 0, "");
        foreach (var (line, size) in lines.Where(line => line.Line.Row is not null))
        {
            if (!ExportRunner.Tables.Contains(line.Table!))
                throw new FormatException($"The table {line.Table} is not known.");
            var row = line.ToEntity();
            // Written when the import began; that of the export is of another deployment.
            if (line.Table == Dunning.Tables.Book && SendingSwitch.IsKeyOf(row.PartitionKey, row.RowKey))
                continue;
            var isOther =
                rows is [var first, ..] && (table, first.Entity.PartitionKey) != (line.Table!, row.PartitionKey);
            if (isOther || rows.Count == MaxRowsOfTransaction || bytes + size > MaxBytesOfTransaction)
                await WriteAsync();
            table = line.Table!;
            rows.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
            bytes += size;
        }
        await WriteAsync();

        async Task WriteAsync()
        {
            if (rows.Count > 0)
                await tables.GetTableClient(table).SubmitTransactionAsync(rows, cancellationToken);
            rows.Clear();
            bytes = 0;
        }
    }

    private async Task WriteFileAsync(ExportLine line, CancellationToken cancellationToken)
    {
        var (container, name) = line.Blob!.Split('/', 2) is [var first, var rest] ? (first, rest) : ("", "");
        if (!ExportRunner.Containers.Contains(container))
            throw new FormatException($"The container {container} is not known.");
        await BlobFiles.SaveAsync(
            blobs.GetBlobContainerClient(container),
            name,
            line.Content ?? [],
            line.ContentType ?? "application/octet-stream",
            cancellationToken
        );
    }

    private static ExportLine Read(byte[] line) =>
        JsonSerializer.Deserialize<ExportLine>(line, ApiResult.Options)
        ?? throw new FormatException("A line of the file is null.");
}
