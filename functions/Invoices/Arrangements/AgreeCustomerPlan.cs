using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices.Arrangements;

/// <summary>
/// <c>POST /api/customers/{id}/plan</c>: one payment plan over several invoices of a customer; see
/// <see cref="PlanRequest"/>. The parts pay the oldest invoice first.
/// </summary>
public sealed class AgreeCustomerPlan(RequestedChanges changes)
{
    [Function(nameof(AgreeCustomerPlan))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "customers/{id}/plan")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (!new CustomerId(id).IsValid)
            return ApiResult.NotFound("customer with this id");
        var (plan, error) = await JsonBody.ReadAsync(
            request,
            AgreementRequests.InvalidTitle,
            PlanRequest.ReadForCustomer,
            cancellationToken
        );
        return plan is null
            ? error!
            : await changes.RunAsync(
                new CustomerId(id),
                (context, account) =>
                    PlanDecision.Agree(context, account, plan) with
                    {
                        Granted = new(ReplyMeaning.AsksForPlan, plan.By),
                    },
                cancellationToken
            );
    }
}
