using Dunning.Dashboard.Access;
using Dunning.Evidence.Cases;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>
/// <c>GET /api/dashboard/invoices/{id}/evidence</c> and <c>GET /api/dashboard/customers/{id}/evidence</c>: the pack of
/// the API, to be saved.
/// </summary>
public sealed class ShowEvidence(DashboardRequests requests, GetEvidence ofInvoice, GetCustomerEvidence ofCustomer)
{
    [Function(nameof(ShowEvidence))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/invoices/{id}/evidence")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ShowAsync(request, () => ofInvoice.Run(request, id, cancellationToken), cancellationToken);

    [Function("ShowCustomerEvidence")]
    public Task<IResult> OfCustomer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/customers/{id}/evidence")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => ShowAsync(request, () => ofCustomer.Run(request, id, cancellationToken), cancellationToken);

    /// <summary>A refusal is shown as a page.</summary>
    private Task<IResult> ShowAsync(
        HttpRequest request,
        Func<Task<IResult>> answer,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await answer() switch
                {
                    ApiResult { Status: StatusCodes.Status404NotFound } => DashboardRequests.Refused(
                        context,
                        StatusCodes.Status404NotFound,
                        "error.notFound"
                    ),
                    ApiResult refused => DashboardRequests.Refused(context, refused.Status, "error.noEvidence"),
                    var pack => pack,
                },
            cancellationToken
        );
}
