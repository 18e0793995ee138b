using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Jobs;
using Dunning.Receivables.Storage;

namespace Dunning.Export;

/// <summary>The job of an export: page by page the tables, then the files.</summary>
public sealed class ExportRunner(
    TableServiceClient tables,
    BlobServiceClient blobs,
    ReceivablesTable receivables,
    JobFiles files
) : IJobRunner
{
    private const int RowsPerSlice = 500;
    private const int FilesPerSlice = 20;

    /// <summary>Jobs are kept for days, and are nobody's data.</summary>
    internal static readonly IReadOnlyList<string> Tables = [.. Dunning.Tables.All.Except([Dunning.Tables.Jobs])];

    internal static readonly IReadOnlyList<string> Containers =
    [
        .. Dunning.Containers.All.Except([Dunning.Containers.Jobs]),
    ];

    public JobKind Kind => JobKind.Export;

    public async Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken)
    {
        var position = ExportPosition.Parse(job.Position);
        var (lines, next) =
            position.Part < Tables.Count
                ? await ReadRowsAsync(position, cancellationToken)
                : await ReadFilesAsync(position, cancellationToken);
        var head = new ExportHead(ExportHead.CurrentVersion, job.CreatedAt, receivables.Shards.All.Count);
        await files.SaveSliceAsync<ExportSummary>(
            job,
            job.Position is null ? lines.Prepend(new ExportLine { Export = head }) : lines,
            new ExportSummary(
                lines.Count(line => line.Row is not null),
                lines.Count(line => line.Blob is not null)
            ).Plus,
            cancellationToken
        );
        var parts = Tables.Count + Containers.Count;
        return new JobSlice(next.Part < parts ? next.ToString() : null, 100 * next.Part / parts, lines.Count);
    }

    private async Task<(IReadOnlyList<ExportLine> Lines, ExportPosition Next)> ReadRowsAsync(
        ExportPosition position,
        CancellationToken cancellationToken
    )
    {
        var table = Tables[position.Part];
        await foreach (
            var page in tables
                .GetTableClient(table)
                .QueryAsync<TableEntity>(cancellationToken: cancellationToken)
                .AsPages(position.Continuation, RowsPerSlice)
        )
            return (
                [.. page.Values.Where(row => !IsSecret(row)).Select(row => ExportLine.Of(table, row))],
                position.After(page.ContinuationToken)
            );
        return ([], position.After(null));
    }

    private static bool IsSecret(TableEntity row) =>
        row.PartitionKey == Keys.ConfigPartition && row.RowKey.StartsWith(Keys.KeyRingPrefix, StringComparison.Ordinal);

    private async Task<(IReadOnlyList<ExportLine> Lines, ExportPosition Next)> ReadFilesAsync(
        ExportPosition position,
        CancellationToken cancellationToken
    )
    {
        var container = blobs.GetBlobContainerClient(Containers[position.Part - Tables.Count]);
        await foreach (
            var page in container
                .GetBlobsAsync(cancellationToken: cancellationToken)
                .AsPages(position.Continuation, FilesPerSlice)
        )
        {
            List<ExportLine> lines = [];
            foreach (var blob in page.Values)
            {
                // Deleted meanwhile, it is not exported.
                if (await BlobFiles.ReadAsync(container, blob.Name, cancellationToken) is { } content)
                    lines.Add(Of(container, blob, content));
            }
            return (lines, position.After(page.ContinuationToken));
        }
        return ([], position.After(null));
    }

    private static ExportLine Of(BlobContainerClient container, BlobItem blob, byte[] content) =>
        new()
        {
            Blob = $"{container.Name}/{blob.Name}",
            ContentType = blob.Properties.ContentType,
            Content = content,
        };
}

/// <param name="Part">Of the tables and then the containers, from 0.</param>
/// <param name="Continuation">Of the part, as storage gave it; null for its beginning.</param>
internal sealed record ExportPosition(int Part, string? Continuation)
{
    public static ExportPosition Parse(string? text) =>
        text?.Split('|', 2) is [var part, var continuation]
            ? new(int.Parse(part, CultureInfo.InvariantCulture), continuation.Length > 0 ? continuation : null)
            : new(0, null);

    public ExportPosition After(string? continuation) =>
        continuation is { Length: > 0 } ? this with { Continuation = continuation } : new(Part + 1, null);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}|{Continuation}");
}

/// <summary>What was exported or imported.</summary>
/// <param name="Rows">Of tables.</param>
/// <param name="Files">Messages as they were sent, emails as they were received, documents.</param>
public sealed record ExportSummary(int Rows, int Files)
{
    internal ExportSummary Plus(ExportSummary? before) =>
        before is null ? this : new ExportSummary(before.Rows + Rows, before.Files + Files);
}
