using System.Security.Cryptography;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Documents;

/// <summary>
/// Fetches a document of an invoice when the invoice comes in, so that sending a reminder waits for no other server.
/// Safe to run any number of times.
/// </summary>
public sealed class FetchDocument(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DocumentFetcher fetcher,
    DocumentStore store,
    Queues queues
)
{
    [Function(nameof(FetchDocument))]
    public async Task Run([QueueTrigger(Queues.Documents)] DocumentToFetch message, CancellationToken cancellationToken)
    {
        var id = new InvoiceId(message.CustomerId, message.InvoiceId);
        if (PendingOf(await receivables.ReadInvoiceAsync(id, cancellationToken), message) is null)
            return;
        var fetched = await fetcher.FetchAsync(message.Url, cancellationToken);
        if (fetched.Failure is DocumentFailure.Unreachable && message.Attempt < DocumentToFetch.MaxAttempts)
        {
            await queues.SendAsync(
                Queues.Documents,
                message with
                {
                    Attempt = message.Attempt + 1,
                },
                message.NextDelay,
                cancellationToken
            );
            return;
        }
        var hash = fetched.Content is { } content ? Convert.ToHexStringLower(SHA256.HashData(content)) : null;
        // The customer's id at this time, also when it is merged into another one meanwhile.
        var blob = hash is null ? null : SupportingDocument.BlobNameOf(id, hash);
        if (blob is not null)
            await store.SaveAsync(blob, fetched.Content, fetched.ContentType!, cancellationToken);
        await transactions.RunAsync(
            id.Customer,
            () => receivables.ReadInvoiceAsync(id, cancellationToken),
            (invoice, now) =>
                PendingOf(invoice, message) is null ? null : Decide(invoice, message, fetched, (blob, hash), now),
            cancellationToken
        );
        // Erased while the file was fetched: what was stored since must go, too.
        if (await receivables.ReadInvoiceAsync(id, cancellationToken) is null or { Value.ErasedAt: not null })
            await store.DeleteAsync(id.Customer, id.Invoice, cancellationToken);
    }

    private static SupportingDocument? PendingOf(Versioned<Invoice>? invoice, DocumentToFetch message) =>
        invoice?.Value.SupportingDocuments.FirstOrDefault(document =>
            document.IsPending && document.Url == message.Url
        );

    private static CustomerTransaction Decide(
        Versioned<Invoice> invoice,
        DocumentToFetch message,
        FetchedDocument fetched,
        (string? Name, string? Hash) blob,
        DateTimeOffset now
    )
    {
        var id = invoice.Value.Id;
        var pending = PendingOf(invoice, message)!;
        var after = blob.Name is null
            ? pending with
            {
                Failure = fetched.Failure,
            }
            : pending with
            {
                BlobName = blob.Name,
                ContentType = fetched.ContentType,
                Sha256 = blob.Hash,
                Size = fetched.Content!.Length,
                Name = Path.ChangeExtension(pending.Name, FileFormat.ExtensionOf(fetched.ContentType!)),
            };
        var kind = blob.Name is null ? EventKind.DocumentNotStored : EventKind.DocumentStored;
        return new CustomerTransaction(id.Customer)
            .Save(
                invoice,
                invoice.Value with
                {
                    SupportingDocuments =
                    [
                        .. invoice.Value.SupportingDocuments.Select(document => document == pending ? after : document),
                    ],
                }
            )
            .AddEvent(id, new(now, kind) { Text = after.Name });
    }
}
