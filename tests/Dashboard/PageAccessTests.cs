using System.Net;
using Dunning.Dashboard.Access;
using Dunning.Local;

namespace Dunning.Tests.Dashboard;

/// <summary>Every page and every form, found by their routes, so that a new one cannot be forgotten.</summary>
public sealed class PageAccessTests : DashboardScenario
{
    /// <summary>
    /// Open to everybody: the sign-in itself, the stylesheet, and the language that a browser remembers.
    /// </summary>
    private static readonly string[] _anonymous = ["ShowSignIn", "StartSession", "GetStylesheet", "ChangeLanguage"];

    [Fact]
    public async Task Without_a_session_every_page_and_every_form_leads_to_the_sign_in()
    {
        var paths = await PathsAsync();
        using var browser = NewBrowser();

        foreach (var (function, path) in paths.Where(p => p.Function.Name != "EndSession"))
        {
            using var response = IsGet(function) ? await browser.GetAsync(path) : await SendFormAsync(browser, path);
            Assert.True(
                response.StatusCode is HttpStatusCode.SeeOther
                    && response.Headers.Location!.OriginalString.StartsWith(
                        "/api/dashboard/sign-in",
                        StringComparison.Ordinal
                    ),
                $"{function.Name} {path}: {response.StatusCode}"
            );
        }
    }

    [Fact]
    public async Task A_reader_sees_every_page_and_changes_nothing()
    {
        var paths = await PathsAsync();
        using var browser = await SignInAsync(DashboardRole.Reader);
        var token = await TokenAsync(browser);

        foreach (var (function, path) in paths.Where(p => p.Function.Name != "EndSession"))
        {
            using var response = IsGet(function)
                ? await browser.GetAsync(path)
                : await SendFormAsync(browser, path, ("token", token), ("confirmed", "yes"));
            var isAction = path.Contains("/dashboard/do", StringComparison.Ordinal);
            var expected =
                !IsGet(function) || isAction ? HttpStatusCode.Forbidden
                // Nothing has been sent about the invoice.
                : path.Contains("/messages/", StringComparison.Ordinal)
                || path.Contains("/files/", StringComparison.Ordinal)
                || path.Contains("/jobs/", StringComparison.Ordinal)
                || path.Contains("/enclosures/", StringComparison.Ordinal)
                    ? HttpStatusCode.NotFound
                : HttpStatusCode.OK;
            Assert.True(expected == response.StatusCode, $"{function.Name} {path}: {response.StatusCode}");
            if (IsGet(function) && !isAction)
                Assert.DoesNotContain(
                    "/api/dashboard/do/",
                    await response.Content.ReadAsStringAsync(),
                    StringComparison.Ordinal
                );
        }
    }

    [Fact]
    public async Task A_form_without_the_token_of_its_session_is_refused_on_every_route()
    {
        var paths = await PathsAsync();
        using var browser = await SignInAsync();
        using var other = await SignInAsync();
        var foreign = await TokenAsync(other);
        var old = await TokenAsync(browser);
        Host.Clock.Advance(TimeSpan.FromHours(4));

        foreach (var (function, path) in paths.Where(p => !IsGet(p.Function)))
        {
            foreach (var token in new[] { "", "forged", foreign, function.Name == "EndSession" ? foreign : old })
            {
                using var response = await SendFormAsync(browser, path, ("token", token), ("confirmed", "yes"));
                Assert.True(response.StatusCode is HttpStatusCode.BadRequest, $"{path}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_whatever_it_holds()
    {
        using var browser = await SignInAsync();
        var token = await TokenAsync(browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Home}/refresh")
        {
            Content = new FormUrlEncodedContent([new("token", token)]),
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await browser.SendAsync(request);

        // The local host refuses it before the app does.
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Every_page_has_a_strict_policy_and_no_script()
    {
        var paths = await PathsAsync();
        using var browser = await SignInAsync();

        foreach (var (function, path) in paths.Where(p => IsGet(p.Function)))
        {
            using var response = await browser.GetAsync(path);
            var page = await response.Content.ReadAsStringAsync();
            Assert.Contains(
                "default-src 'none'",
                Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
                StringComparison.Ordinal
            );
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
            Assert.True(page.Length < 60 * 1024, $"{function.Name}: {page.Length} characters");
        }
    }

    /// <summary>All routes below the dashboard with ids of an invoice and a customer that exist.</summary>
    private async Task<IReadOnlyList<(HttpFunction Function, string Path)>> PathsAsync()
    {
        var invoice = await PostInvoiceAsync(Invoice("A-1"));
        var functions = Host.Functions.Http.Where(f =>
            f.Route.Split('/')[0] == "dashboard" && !_anonymous.Contains(f.Name)
        );
        Assert.NotEmpty(functions);
        return
        [
            .. functions.Select(f =>
                (
                    f,
                    "api/"
                        + f.Route.Replace("{name}", "hold", StringComparison.Ordinal)
                            .Replace("{customer}", invoice.Split('-')[0], StringComparison.Ordinal)
                            .Replace("{number:int}", "0", StringComparison.Ordinal)
                            .Replace(
                                "{id}",
                                f.Route.Contains("customers", StringComparison.Ordinal)
                                    ? invoice.Split('-')[0]
                                    : invoice,
                                StringComparison.Ordinal
                            )
                )
            ),
        ];
    }

    private static bool IsGet(HttpFunction function) => function.Methods is ["GET"];
}
