using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Http;
using Dunning.Receivables.Storage;

namespace Dunning.Jobs;

/// <summary>
/// The files of a job: what it works on, and for each slice a part of the result and the figures until then. All parts,
/// one after another, are the result: nobody has to hold it in memory.
/// </summary>
public sealed class JobFiles(BlobContainerClient container)
{
    internal const string Lines = "application/x-ndjson";

    private const string Json = "application/json";
    private const string Input = "input";
    private const string Summary = "summary";
    private const string Result = "result";

    internal Task SaveInputAsync<TInput>(string job, TInput input, CancellationToken cancellationToken) =>
        BlobFiles.SaveAsync(
            container,
            Name(job, Input),
            JsonSerializer.SerializeToUtf8Bytes(input, Rows.Json),
            Json,
            cancellationToken
        );

    /// <summary>A file that is worked on as it is.</summary>
    internal Task SaveInputFileAsync(string job, byte[] file, CancellationToken cancellationToken) =>
        BlobFiles.SaveAsync(container, Name(job, Input), file, Lines, cancellationToken);

    /// <summary>Some lines of an input that is a file of lines; nobody has to hold all of it in memory.</summary>
    /// <param name="from">The first byte.</param>
    /// <returns>The lines that are not empty, where the next one begins, and how long the file is.</returns>
    internal async Task<(IReadOnlyList<byte[]> Lines, long Next, long Length)> ReadInputLinesAsync(
        string job,
        long from,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await container
            .GetBlobClient(Name(job, Input))
            .OpenReadAsync(from, cancellationToken: cancellationToken);
        var reader = PipeReader.Create(stream);
        List<byte[]> lines = [];
        var next = from;
        while (lines.Count < count)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (lines.Count < count && rest.PositionOf((byte)'\n') is { } end)
            {
                Add(rest.Slice(0, end));
                next += rest.Slice(0, end).Length + 1;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (read.IsCompleted && lines.Count < count)
            {
                Add(rest);
                next += rest.Length;
                break;
            }
            reader.AdvanceTo(rest.Start, read.Buffer.End);
        }
        return (lines, next, stream.Length);

        void Add(ReadOnlySequence<byte> line)
        {
            if (line.Length > 0)
                lines.Add(line.ToArray());
        }
    }

    /// <exception cref="InvalidOperationException">The job is deleted.</exception>
    internal async Task<TInput> ReadInputAsync<TInput>(string job, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<TInput>(
            await BlobFiles.ReadAsync(container, Name(job, Input), cancellationToken)
                ?? throw new InvalidOperationException($"Job {job} has no input."),
            Rows.Json
        )!;

    /// <summary>Saves what the next slice has made. To repeat it has the same result.</summary>
    /// <param name="lines">Objects of the result.</param>
    /// <param name="summary">
    /// The figures of all slices up to and with this one, from those before; null for the first slice.
    /// </param>
    internal async Task SaveSliceAsync<TSummary>(
        Job job,
        IEnumerable<object> lines,
        Func<TSummary?, TSummary> summary,
        CancellationToken cancellationToken
    )
        where TSummary : class
    {
        await SaveAsync(Result, string.Concat(lines.Select(line => ApiResult.Serialise(line) + "\n")), Lines);
        var before = await ReadSummaryAsync(job, cancellationToken);
        var until = summary(before is null ? null : JsonSerializer.Deserialize<TSummary>(before, Rows.Json));
        await SaveAsync(Summary, ApiResult.Serialise(until), Json);

        Task SaveAsync(string file, string text, string contentType) =>
            BlobFiles.SaveAsync(
                container,
                PartName(job.Id, file, job.Slices),
                Encoding.UTF8.GetBytes(text),
                contentType,
                cancellationToken
            );
    }

    /// <returns>The figures after the last slice; null before the first one.</returns>
    internal Task<byte[]?> ReadSummaryAsync(Job job, CancellationToken cancellationToken) =>
        job.Slices == 0
            ? Task.FromResult<byte[]?>(null)
            : BlobFiles.ReadAsync(container, PartName(job.Id, Summary, job.Slices - 1), cancellationToken);

    /// <summary>The parts of the result that are done, in their order.</summary>
    internal async IAsyncEnumerable<byte[]> ReadPartsAsync(
        Job job,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var slice = 0; slice < job.Slices; slice++)
        {
            if (await BlobFiles.ReadAsync(container, PartName(job.Id, Result, slice), cancellationToken) is { } part)
                yield return part;
        }
    }

    internal async Task DeleteAsync(string job, CancellationToken cancellationToken)
    {
        await foreach (
            var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{job}/" }, cancellationToken)
        )
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
    }

    private static string Name(string job, string file) => $"{job}/{file}";

    private static string PartName(string job, string file, int slice) =>
        Name(job, string.Create(CultureInfo.InvariantCulture, $"{file}-{slice:D6}"));
}
