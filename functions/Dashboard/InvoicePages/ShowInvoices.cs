using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>
/// <c>GET /api/dashboard/invoices</c>: the open invoices, most overdue first; and <c>…/export/invoices</c>, all rows of
/// the same list as CSV.
/// </summary>
public sealed class ShowInvoices(DashboardRequests requests, InvoiceRows invoices)
{
    [Function(nameof(ShowInvoices))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/invoices")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var filter = InvoiceFilter.Read(request.Query);
                var isStopped = context.Stop is not null;
                var rows = await invoices.FindAsync(filter, isStopped, cancellationToken);
                var page = ListPage<InvoiceRow>.Create(rows, request.Query);
                return Pages.Show<InvoicesPage>(
                    context,
                    new InvoiceList(
                        filter,
                        page with
                        {
                            Items = invoices.LookAhead(page.Items, isStopped),
                        },
                        request.Query["done"]
                    )
                );
            },
            cancellationToken
        );

    [Function("ExportInvoices")]
    public Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/export/invoices")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var isStopped = context.Stop is not null;
                var filter = InvoiceFilter.Read(request.Query);
                var rows = await invoices.FindAsync(filter, isStopped, cancellationToken);
                return ListCsv.Of("invoices", InvoiceColumns.All, invoices.LookAhead(rows, isStopped));
            },
            cancellationToken
        );
}
