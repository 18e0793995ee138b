using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Delivery;

/// <summary>
/// <c>GET /api/invoices/{id}/messages/{notice}</c>: the messages of a notice that name the invoice, exactly as they
/// were given to the provider, oldest first; several when a person had the notice sent again.
/// </summary>
public sealed class GetArchivedMessages(ReceivablesTable receivables, InvoiceMessages archived)
{
    [Function(nameof(GetArchivedMessages))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}/messages/{notice}")]
            HttpRequest request,
        string id,
        string notice,
        CancellationToken cancellationToken
    )
    {
        if (
            !InvoiceId.TryParse(id, out var invoiceId)
            || await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is not { Value: var invoice }
        )
            return ApiResult.NotFound("invoice with this id");
        var messages = await archived.FindAsync(invoice.Id, new NoticeId(notice), cancellationToken);
        return messages is { Count: > 0 } found
                ? ApiResult.Ok(found.Select(message => View(message, invoice.Id.Customer)))
            : messages is null
                ? Missing(
                    "message-unknown",
                    "No such message",
                    "No message of this notice that names the invoice was given to a provider, or an earlier release "
                        + "sent it, which kept none. GET /api/invoices/{id} lists the notices."
                )
            : invoice.ErasedAt is { } erasedAt
                ? Missing(
                    "message-erased",
                    "The message was deleted",
                    $"The personal data of the invoice were erased on {erasedAt:yyyy-MM-dd}, and its messages with "
                        + "them. The events of the invoice stay."
                )
            : Missing(
                "message-missing",
                "The message is not in the archive",
                "Its sender stopped before it was stored, or the data were restored from a backup."
            );
    }

    private static object View(ArchivedMessage message, CustomerId customerId) =>
        new
        {
            message.At,
            message.Channel,
            message.Notice,
            Invoices = message.InvoiceIds.Select(invoice => new InvoiceId(customerId, invoice).ToString()),
            message.Content,
        };

    private static ApiResult Missing(string type, string title, string detail) =>
        ApiResult.Problem(StatusCodes.Status404NotFound, type, title, detail);
}
