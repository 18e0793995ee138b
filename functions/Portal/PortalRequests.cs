using Dunning.Html;
using Dunning.Policies;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Portal;

/// <summary>
/// Every request for a page of the portal goes through here: whose link it is, whether it is still valid, in which
/// language, and what is shown when it fails. A link that is forged, expired, revoked or of an erased customer leads to
/// one and the same page.
/// </summary>
public sealed class PortalRequests(
    ReceivablesTable receivables,
    PortalLanguages languages,
    PortalKey key,
    DunningRules rules,
    TimeProvider clock,
    ILogger<PortalRequests> log
)
{
    /// <summary>A page; it changes nothing.</summary>
    internal Task<IResult> ShowAsync(
        HttpRequest request,
        string token,
        Func<PortalVisit, Task<IResult>> show,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            request,
            token,
            async () =>
                PortalToken.Read(key, token) is { } link
                && await FindAsync(request, token, link, cancellationToken) is { } visit
                    ? await show(visit)
                    : Gone(request, token),
            cancellationToken
        );

    /// <summary>A form of a page, never of another site.</summary>
    internal Task<IResult> ChangeAsync(
        HttpRequest request,
        string token,
        Func<PortalVisit, IReadOnlyDictionary<string, string>, Task<IResult>> change,
        CancellationToken cancellationToken
    ) =>
        ShowAsync(
            request,
            token,
            async visit =>
                await PageForm.ReadAsync(request, cancellationToken) is { } form && !PageForm.IsFromAnotherSite(request)
                    ? await change(visit, form)
                    : PortalPage.Error(visit.Page, "error.form", StatusCodes.Status400BadRequest),
            cancellationToken
        );

    /// <summary>A request by a link that was valid once; a forged one does nothing.</summary>
    internal Task<IResult> OfFormerLinkAsync(
        HttpRequest request,
        string token,
        Func<CustomerId, Task> run,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            request,
            token,
            async () =>
            {
                if (PortalToken.Read(key, token) is { } link && !PageForm.IsFromAnotherSite(request))
                    await run(link.Customer);
                return PortalPage.Show<LinkSentPage>(ContextOf(request, token, customer: null));
            },
            cancellationToken
        );

    /// <summary>The one page for every link that does not open anything.</summary>
    internal IResult Gone(HttpRequest request, string token) =>
        PortalPage.Show<LinkGonePage>(ContextOf(request, token, customer: null), status: StatusCodes.Status404NotFound);

    private async Task<PortalVisit?> FindAsync(
        HttpRequest request,
        string token,
        PortalToken link,
        CancellationToken cancellationToken
    )
    {
        if (
            await receivables.ReadAsync(link.Customer, cancellationToken) is not { } account
            || account.Customer.Value is not { ErasedAt: null, Merge: null } customer
            || customer.PortalLinkEpoch != link.Epoch
        )
            return null;
        var context = new DunningContext(customer, rules, clock.GetUtcNow());
        return context.Today <= link.LastDay
            ? new PortalVisit(ContextOf(request, token, customer), context, account, link.Link)
            : null;
    }

    private PortalContext ContextOf(HttpRequest request, string token, Customer? customer) =>
        languages.ContextFor(
            request,
            token,
            customer,
            customer is null ? rules.CreditorTimeZone : rules.ZoneOf(customer)
        );

    /// <summary>A page that cannot be made says so as a page.</summary>
    private Task<IResult> TryAsync(
        HttpRequest request,
        string token,
        Func<Task<IResult>> run,
        CancellationToken cancellationToken
    )
    {
        SetHeaders(request.HttpContext.Response.Headers);
        return PageResult.TryAsync(
            run,
            status => PortalPage.Error(ContextOf(request, token, customer: null), "error.failed", status),
            exception => log.LogError(exception, "A page of the portal failed"),
            cancellationToken
        );
    }

    /// <summary>
    /// The address is the secret: no other site may learn it from a request, and no cache may keep the page.
    /// </summary>
    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; "
            + "base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.CacheControl = "no-store";
    }
}
