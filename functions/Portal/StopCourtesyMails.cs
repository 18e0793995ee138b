using Dunning.Customers;
using Dunning.Html;
using Dunning.Http;
using Dunning.Portal.Answers;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Portal;

/// <summary>
/// <c>POST /api/portal/{token}/unsubscribe</c> (RFC 8058): a mail program ends the messages that ask for nothing yet.
/// It comes without a session and from any site, and the link may be older than others that open pages: the worst it
/// does is to spare a customer a message. A person who follows the address gets the page with all choices.
/// </summary>
public sealed class StopCourtesyMails(CustomerChanges changes, PortalKey key)
{
    private const string Route = "portal/{token}/unsubscribe";

    /// <summary>What RFC 8058 section 3.1 has in the body.</summary>
    private const string Field = "List-Unsubscribe";
    private const string Value = "One-Click";

    [Function(nameof(StopCourtesyMails))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string token,
        CancellationToken cancellationToken
    )
    {
        if (PortalToken.Read(key, token) is not { } link)
            return ApiResult.NotFound("such link");
        var form = await PageForm.ReadAsync(request, cancellationToken);
        if (form?.GetValueOrDefault(Field) != Value)
            return ApiResult.Problem(
                StatusCodes.Status400BadRequest,
                "not-one-click",
                "The request is not valid",
                $"Send the form {Field}={Value}, as RFC 8058 says."
            );
        var refused = await changes.ApplyAsync(
            link.Customer,
            CustomerRequest.WithoutCourtesyMails(PortalAnswer.By),
            version: null,
            cancellationToken
        );
        // The change is saved; a message that is being sent comes all the same.
        return refused is null or { IsReminderInFlight: true } ? ApiResult.Empty(StatusCodes.Status200OK) : refused;
    }

    [Function("ShowUnsubscribe")]
    public IResult Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request,
        string token
    ) => PageResult.SeeOther($"/{PortalAddress.Path}/{Uri.EscapeDataString(token)}/answer/preferences");
}
