using System.Net;
using System.Text.RegularExpressions;
using Dunning.Dashboard.Access;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// A scenario whose pages are read over HTTP, with the cookies of a browser and without following redirects.
/// </summary>
public abstract partial class DashboardScenario : Scenario
{
    protected const string Home = "api/dashboard";

    protected DashboardKeys Keys => Host.Services.GetRequiredService<DashboardKeys>();

    /// <returns>The key that a person types.</returns>
    protected async Task<string> NewKeyAsync(string name = "Maya", DashboardRole role = DashboardRole.Owner) =>
        (await Keys.CreateAsync(name, role, CancellationToken.None)).Secret;

    protected HttpClient NewBrowser() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = Host.BaseAddress,
        };

    protected async Task<HttpClient> SignInAsync(DashboardRole role = DashboardRole.Owner, string name = "Maya")
    {
        var browser = NewBrowser();
        using var response = await SignInAsync(browser, await NewKeyAsync(name, role));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return browser;
    }

    protected static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string key, string? to = null) =>
        SendFormAsync(browser, $"{Home}/sign-in", ("key", key), ("to", to ?? ""));

    protected static async Task<HttpResponseMessage> SendFormAsync(
        HttpClient browser,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))
        );
        return await browser.PostAsync(path, form);
    }

    /// <returns>The form token of the page.</returns>
    protected static async Task<string> TokenAsync(HttpClient browser, string path = Home)
    {
        var page = await browser.GetStringAsync(path);
        return TokenPattern().Match(page) is { Success: true } token
            ? token.Groups[1].Value
            : throw new InvalidOperationException($"{path} has no form token: {page}");
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();
}
