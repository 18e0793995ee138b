using Dunning.Dashboard.Layout;
using Dunning.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Access;

/// <summary>
/// <c>/api/dashboard/sign-in</c>: a person types a dashboard key once and gets the cookie of a new session. Keys of the
/// Functions host are refused, because they cannot say who somebody is.
/// </summary>
public sealed class StartSession(
    DashboardRequests requests,
    DashboardKeys keys,
    SessionCookie cookie,
    SignInAttempts attempts,
    TimeProvider clock
)
{
    [Function("ShowSignIn")]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/sign-in")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.AnonymousAsync(
            request,
            context => Task.FromResult(Page(context, request.Query["to"], problem: null)),
            cancellationToken
        );

    [Function(nameof(StartSession))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/sign-in")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.AnonymousAsync(
            request,
            context => SignInAsync(request, context, cancellationToken),
            cancellationToken
        );

    private async Task<IResult> SignInAsync(
        HttpRequest request,
        PageContext context,
        CancellationToken cancellationToken
    )
    {
        var form = await PageForm.ReadAsync(request, cancellationToken);
        if (form is null || PageForm.IsFromAnotherSite(request))
            return DashboardRequests.Refused(context, StatusCodes.Status400BadRequest, "error.form");
        var to = form.GetValueOrDefault("to");
        if (attempts.AreTooMany())
            return Page(context, to, "signIn.tooMany", StatusCodes.Status429TooManyRequests);
        if (await keys.VerifyAsync(form.GetValueOrDefault("key", "").Trim(), cancellationToken) is not { } key)
        {
            attempts.AddFailure();
            return Page(context, to, "signIn.wrong", StatusCodes.Status401Unauthorized);
        }
        // A new id with each sign-in: whatever cookie was there before is worth nothing afterwards.
        cookie.Write(request.HttpContext.Response, SessionTicket.Create(key, clock.GetUtcNow()));
        return Pages.SeeOther(Pages.Local(to));
    }

    private static IResult Page(
        PageContext context,
        string? to,
        string? problem,
        int status = StatusCodes.Status200OK
    ) =>
        Pages.Show<SignInPage>(
            context,
            new Dictionary<string, object?>
            {
                [nameof(SignInPage.To)] = Pages.Local(to),
                [nameof(SignInPage.Problem)] = problem,
            },
            status
        );
}
