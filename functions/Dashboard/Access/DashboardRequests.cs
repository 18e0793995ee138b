using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Dashboard.Access;

/// <summary>
/// Every request for a page goes through here: who it is, whether they may do it, in which language, and what is shown
/// when it fails.
/// </summary>
public sealed class DashboardRequests(
    SessionCookie cookie,
    DashboardKeys keys,
    ReceivablesTable receivables,
    PageLanguages languages,
    DunningRules rules,
    TimeProvider clock,
    ILogger<DashboardRequests> log
)
{
    /// <summary>Of a policy with many steps.</summary>
    private const int MaxFormBytes = 256 * 1024;

    /// <summary>A page for owners and readers; without a session, the page on which to sign in.</summary>
    internal Task<IResult> ShowAsync(
        HttpRequest request,
        Func<PageContext, Task<IResult>> show,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            request,
            async () =>
                await FindSessionAsync(request, cancellationToken) is { } session
                    ? await show(await ContextAsync(request, session, cancellationToken))
                    : SignIn(request),
            cancellationToken
        );

    /// <summary>The page before a change: of an owner only.</summary>
    internal Task<IResult> ShowToOwnerAsync(
        HttpRequest request,
        Func<PageContext, Task<IResult>> show,
        CancellationToken cancellationToken
    ) =>
        ShowAsync(
            request,
            async context => context.IsOwner ? await show(context) : ForReader(context),
            cancellationToken
        );

    /// <summary>
    /// A change: of an owner only, from a form of the own session, and never from a page of another site.
    /// </summary>
    internal Task<IResult> ChangeAsync(
        HttpRequest request,
        Func<PageContext, IReadOnlyDictionary<string, string>, Task<IResult>> change,
        CancellationToken cancellationToken
    ) => UploadAsync(request, MaxFormBytes, (context, form) => change(context, form.Fields), cancellationToken);

    /// <summary>The same with a file.</summary>
    internal Task<IResult> UploadAsync(
        HttpRequest request,
        int maxBytes,
        Func<PageContext, PageUpload, Task<IResult>> change,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            request,
            async () =>
            {
                if (await FindSessionAsync(request, cancellationToken) is not { } session)
                    return SignIn(request);
                var context = await ContextAsync(request, session, cancellationToken);
                var form = await PageForm.ReadUploadAsync(request, maxBytes, cancellationToken);
                if (form is null || PageForm.IsFromAnotherSite(request) || !IsOwnForm(form.Fields, session))
                    return Refused(context, StatusCodes.Status400BadRequest, "error.form");
                return session.IsOwner ? await change(context, form) : ForReader(context);
            },
            cancellationToken
        );

    /// <summary>A request without a session: the sign-in.</summary>
    internal Task<IResult> AnonymousAsync(
        HttpRequest request,
        Func<PageContext, Task<IResult>> run,
        CancellationToken cancellationToken
    ) => TryAsync(request, () => run(Context(request, session: null, stop: null)), cancellationToken);

    private bool IsOwnForm(IReadOnlyDictionary<string, string> form, Session session) =>
        cookie.IsValid(form.GetValueOrDefault(FormToken.Field), session.Ticket);

    private async Task<Session?> FindSessionAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            cookie.Read(request) is not { } ticket
            || await keys.FindAsync(ticket.KeyId, cancellationToken) is not { RevokedAt: null } key
        )
            return null;
        var now = clock.GetUtcNow();
        if (ticket.IsToBeRenewed(now))
            cookie.Write(request.HttpContext.Response, ticket = ticket with { RenewedAt = now });
        return new Session(ticket, key.Name, key.Role);
    }

    private async Task<PageContext> ContextAsync(
        HttpRequest request,
        Session session,
        CancellationToken cancellationToken
    ) => Context(request, session, (await receivables.Sending.ReadAsync(cancellationToken)).Stop);

    private PageContext Context(HttpRequest request, Session? session, Receivables.SendingChange? stop) =>
        new(
            WordsOf(languages.For(request)),
            session,
            session is null ? null : cookie.FormToken(session.Ticket),
            PathOf(request),
            rules.CreditorToday(clock.GetUtcNow()),
            stop
        )
        {
            Languages = languages.Choices,
            SilentFeed = rules.Feeds.SilentAt(clock.GetUtcNow()),
        };

    /// <summary>A part of a page that can be left out when it cannot be read.</summary>
    /// <returns>Null when it failed: the page says so in its place.</returns>
    internal async Task<T?> TryReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(exception, "A part of a page of the dashboard failed");
            return null;
        }
    }

    private PageWords WordsOf(Language language) => new(language, language.Dashboard, rules.CreditorTimeZone);

    /// <summary>A page that cannot be made says so as a page.</summary>
    private Task<IResult> TryAsync(HttpRequest request, Func<Task<IResult>> run, CancellationToken cancellationToken)
    {
        SetHeaders(request.HttpContext.Response.Headers);
        return PageResult.TryAsync(
            run,
            status =>
                Refused(
                    Context(request, session: null, stop: null),
                    status,
                    status == StatusCodes.Status503ServiceUnavailable ? "error.outage" : "error.failed"
                ),
            exception => log.LogError(exception, "A page of the dashboard failed"),
            cancellationToken
        );
    }

    private static IResult ForReader(PageContext context) =>
        Refused(context, StatusCodes.Status403Forbidden, "error.reader");

    internal static IResult Refused(PageContext context, int status, string key) =>
        Pages.Show<ErrorPage>(context, new Dictionary<string, object?> { [nameof(ErrorPage.Key)] = key }, status);

    private static IResult SignIn(HttpRequest request) =>
        Pages.SeeOther(Pages.With(Pages.Of("sign-in"), "to", PathOf(request)));

    private static string PathOf(HttpRequest request) => Pages.Local(request.Path + request.QueryString.ToString());

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'";
        // With no-referrer a browser says "Origin: null" for our own forms.
        headers["Referrer-Policy"] = "same-origin";
    }
}
