using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>
/// <c>GET /api/dashboard/invoices/{id}/messages/{notice}</c>: the messages of a notice exactly as they were sent, from
/// the archive; <c>…/html</c> is the newest one's HTML alone, for a frame without rights.
/// </summary>
public sealed class ShowMessage(DashboardRequests requests, ReceivablesTable receivables, InvoiceMessages archived)
{
    /// <summary>A message has inline styles; it may load nothing and run nothing.</summary>
    private const string FramePolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    [Function(nameof(ShowMessage))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/invoices/{id}/messages/{notice}")]
            HttpRequest request,
        string id,
        string notice,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await ReadAsync(id, notice, cancellationToken) is { Messages.Count: > 0 } sent
                    ? Pages.Show<MessagePage>(context, sent)
                    : DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.noMessage"),
            cancellationToken
        );

    [Function("ShowMessageHtml")]
    public Task<IResult> Html(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/invoices/{id}/messages/{notice}/html")]
            HttpRequest request,
        string id,
        string notice,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                if (
                    await ReadAsync(id, notice, cancellationToken) is not { Messages: [.., { Content: var sent }] }
                    || sent.ShownHtml() is not { } html
                )
                    return DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.noMessage");
                var headers = request.HttpContext.Response.Headers;
                headers.ContentSecurityPolicy = FramePolicy;
                headers.XFrameOptions = "SAMEORIGIN";
                return Results.Content(html, "text/html; charset=utf-8");
            },
            cancellationToken
        );

    private async Task<SentMessages?> ReadAsync(string id, string notice, CancellationToken cancellationToken)
    {
        if (
            !InvoiceId.TryParse(id, out var invoiceId)
            || await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is not { } invoice
        )
            return null;
        return await archived.FindAsync(invoice.Value.Id, new NoticeId(notice), cancellationToken) is { } messages
            ? new SentMessages(invoice.Value, notice, messages)
            : null;
    }
}
