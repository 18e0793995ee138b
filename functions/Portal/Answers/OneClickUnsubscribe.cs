using Dunning.Customers;
using Dunning.Html;
using Dunning.Http;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;

namespace Dunning.Portal.Answers;

/// <summary>
/// A mail program ends the messages that ask for nothing yet (RFC 8058): it posts to the address of the page with all
/// choices, without a session and from any site, and the link may be older than those that open pages. The worst that
/// it does is to spare a customer a message.
/// </summary>
public sealed class OneClickUnsubscribe(CustomerChanges changes, PortalKey key)
{
    /// <summary>What RFC 8058 section 3.1 has in the body.</summary>
    private const string Field = "List-Unsubscribe";
    private const string Value = "One-Click";

    /// <returns>Null for a form of the page.</returns>
    internal async Task<IResult?> TryAsync(HttpRequest request, string token, CancellationToken cancellationToken)
    {
        // A form of the page is read again.
        request.EnableBuffering(bufferThreshold: 64 * 1024);
        var form = await PageForm.ReadAsync(request, cancellationToken);
        request.Body.Position = 0;
        if (form?.GetValueOrDefault(Field) != Value || PortalToken.Read(key, token) is not { } link)
            return null;
        var refused = await changes.ApplyAsync(
            link.Customer,
            CustomerRequest.WithoutCourtesyMails(PortalAnswer.By),
            version: null,
            cancellationToken
        );
        // The change is saved; a message that is being sent comes all the same.
        return refused is null or { IsReminderInFlight: true } ? ApiResult.Empty(StatusCodes.Status200OK) : null;
    }
}
