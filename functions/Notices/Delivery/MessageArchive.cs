using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Keeps each message exactly as it is given to its provider: one blob per attempt, named
/// <c>customer/notice/claim</c>. The claim is random, so no attempt can replace or be taken for another one. Its
/// metadata say which invoices the message names: erasure lists blobs and reads none.
/// </summary>
public sealed class MessageArchive(BlobContainerClient container, TimeProvider clock)
{
    private const string InvoicesKey = "invoices";
    private const string AtKey = "at";
    private const string SchemaKey = "schema";

    /// <param name="claimed">The notice with the sender's claim.</param>
    /// <exception cref="RequestFailedException">
    /// It may or may not be stored; to store it again has the same result.
    /// </exception>
    internal async Task SaveAsync(Notice claimed, MessageContent content, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var message = new ArchivedMessage(claimed.Channel, claimed.Id, claimed.InvoiceIds, now, content);
        var metadata = new Dictionary<string, string>
        {
            [AtKey] = now.ToString("O", CultureInfo.InvariantCulture),
            [SchemaKey] = Schemas.Current.ToString(CultureInfo.InvariantCulture),
        };
        if (claimed.InvoiceIds.Count > 0)
            metadata[InvoicesKey] = string.Join(',', claimed.InvoiceIds);
        await container
            .GetBlobClient(claimed.ArchivedAs)
            .UploadAsync(
                BinaryData.FromString(Rows.Serialise(message)),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
                    Metadata = metadata,
                },
                cancellationToken
            );
    }

    /// <param name="name">See <see cref="MessageEvidence.ArchivedAs"/>.</param>
    /// <returns>Null when it was erased, or never stored.</returns>
    /// <exception cref="NewerSchemaException">A later release wrote it.</exception>
    public async Task<ArchivedMessage?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            Schemas.Check(
                int.Parse(blob.Value.Details.Metadata[SchemaKey], CultureInfo.InvariantCulture),
                $"Message {name}"
            );
            return blob.Value.Content.ToObjectFromJson<ArchivedMessage>(Rows.Json);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The messages to a customer; those from before a merge have the former id.</summary>
    public async IAsyncEnumerable<MessageReference> FindAsync(
        CustomerId customerId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var options = new GetBlobsOptions { Prefix = $"{customerId}/", Traits = BlobTraits.Metadata };
        await foreach (var blob in container.GetBlobsAsync(options, cancellationToken))
            yield return new MessageReference(
                blob.Name,
                blob.Metadata.TryGetValue(InvoicesKey, out var invoices) ? invoices.Split(',') : [],
                DateTimeOffset.Parse(blob.Metadata[AtKey], CultureInfo.InvariantCulture)
            );
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);

    /// <summary>
    /// Deletes a message that was certainly not accepted. If that fails, no event names it, and it stays until the data
    /// of its invoices are erased.
    /// </summary>
    internal async Task TryDeleteAsync(string name)
    {
        try
        {
            await DeleteAsync(name, CancellationToken.None);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException)
        {
            // The outcome is recorded: repeating the attempt would repeat more than the deletion.
        }
    }
}
