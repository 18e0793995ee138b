using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Receivables;

namespace Dunning.Documents;

/// <summary>
/// The container of documents. A blob is named <c>customer/invoice/hash</c>: the same bytes are stored once, erasure
/// finds all of an invoice, and what a message had attached stays when the invoice gets a newer file.
/// </summary>
public sealed class DocumentStore(BlobContainerClient container)
{
    /// <summary>To repeat it has the same result.</summary>
    public Task SaveAsync(
        string name,
        ReadOnlyMemory<byte> content,
        string contentType,
        CancellationToken cancellationToken
    ) => BlobFiles.SaveAsync(container, name, content, contentType, cancellationToken);

    /// <returns>Null when it was erased.</returns>
    public Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        BlobFiles.ReadAsync(container, name, cancellationToken);

    /// <param name="invoice">Its id without the customer.</param>
    public async Task DeleteAsync(CustomerId customer, string invoice, CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = SupportingDocument.PrefixOf(customer, invoice) };
        await foreach (var blob in container.GetBlobsAsync(options, cancellationToken))
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
    }
}
