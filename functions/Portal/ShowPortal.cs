using Dunning.Notices.Letters;
using Dunning.Portal.Answers;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Portal;

/// <summary>
/// <c>GET /api/portal/{token}</c>: what the customer owes, how to pay, how to answer, and what became of earlier
/// answers.
/// </summary>
public sealed class ShowPortal(PortalRequests requests, ReceivablesTable receivables, NoticeContentBuilder letters)
{
    [Function(nameof(ShowPortal))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "portal/{token}")] HttpRequest request,
        string token,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            token,
            async visit =>
            {
                var replies = await receivables.ReadRepliesAsync(visit.Account.Id, cancellationToken);
                return PortalPage.Show<StartPage>(
                    visit.Page,
                    new PortalSummary(visit, WayToPay.Of(visit.Invoices, visit.Account.Customer.Value, letters))
                    {
                        Earlier =
                        [
                            .. replies
                                .Select(reply => reply.Value)
                                .Where(reply => reply.Portal is not null)
                                .OrderByDescending(reply => reply.At)
                                .Take(PortalSummary.MaxEarlier)
                                .Select(reply => new EarlierAnswer(reply, AnswerState.Of(reply, visit))),
                        ],
                        Charges = await ReadChargesAsync(visit, cancellationToken),
                        Done = request.Query["done"],
                    }
                );
            },
            cancellationToken
        );

    private async Task<IReadOnlyDictionary<InvoiceId, PortalCharges>> ReadChargesAsync(
        PortalVisit visit,
        CancellationToken cancellationToken
    )
    {
        Dictionary<InvoiceId, PortalCharges> all = [];
        foreach (var invoice in visit.Invoices.Where(invoice => invoice.Charged.IsPositive))
        {
            var ledger = await receivables.ReadEntriesAsync(invoice.Id, cancellationToken);
            if (PortalCharges.Create(visit.Context, invoice, ledger, visit.Page.Words) is { } charges)
                all[invoice.Id] = charges;
        }
        return all;
    }
}
