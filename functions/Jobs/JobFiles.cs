using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Dunning.Jobs;

/// <summary>
/// The files of a job: what it works on, and one part of its result per slice. All parts one after another are the
/// result; a job that holds one file in memory never holds more.
/// </summary>
public sealed class JobFiles(BlobContainerClient container)
{
    internal const string Lines = "application/x-ndjson";

    private const string Input = "input";
    private const string Summary = "summary";
    private const string Result = "result";

    internal Task SaveInputAsync(string job, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        BlobFiles.SaveAsync(container, Name(job, Input), content, "application/octet-stream", cancellationToken);

    /// <exception cref="InvalidOperationException">The job is deleted.</exception>
    internal async Task<byte[]> ReadInputAsync(string job, CancellationToken cancellationToken) =>
        await BlobFiles.ReadAsync(container, Name(job, Input), cancellationToken)
        ?? throw new InvalidOperationException($"Job {job} has no input.");

    /// <summary>To repeat it has the same result.</summary>
    internal Task SavePartAsync(Job job, ReadOnlyMemory<byte> part, CancellationToken cancellationToken) =>
        BlobFiles.SaveAsync(container, PartName(job.Id, Result, job.Slices), part, Lines, cancellationToken);

    /// <summary>Figures of all slices up to and with this one.</summary>
    internal Task SaveSummaryAsync(Job job, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        BlobFiles.SaveAsync(
            container,
            PartName(job.Id, Summary, job.Slices),
            json,
            "application/json",
            cancellationToken
        );

    /// <returns>The figures after the last slice; null before the first one.</returns>
    internal Task<byte[]?> ReadSummaryAsync(Job job, CancellationToken cancellationToken) =>
        job.Slices == 0
            ? Task.FromResult<byte[]?>(null)
            : BlobFiles.ReadAsync(container, PartName(job.Id, Summary, job.Slices - 1), cancellationToken);

    /// <summary>The parts of the result that are done, in their order.</summary>
    internal async IAsyncEnumerable<byte[]> ReadPartsAsync(
        Job job,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
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
