using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// A scenario in a real browser. At its end the console must have been silent, and every request must have gone to the
/// app.
/// </summary>
[Trait("Category", "Long")]
public abstract class BrowserScenario : DashboardScenario
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _expected = [];
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>A fragment of a line that the browser will write to its console: of a status above 400, say.</summary>
    protected void ExpectConsole(string fragment) => _expected.Add(fragment);

    protected override async Task AfterAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        Assert.DoesNotContain(_complaints, line => !_expected.Exists(e => line.Contains(e, StringComparison.Ordinal)));
    }

    /// <returns>A page on which an owner has signed in.</returns>
    protected async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var page = await OpenAnonymousAsync(options);
        await page.GotoAsync(Home);
        await page.GetByLabel("Dashboard key").FillAsync(await NewKeyAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        return page;
    }

    /// <returns>A page on which nobody has signed in.</returns>
    protected async Task<IPage> OpenAnonymousAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = Host.BaseAddress.ToString();
        var context = await (await Chromium.Browser).NewContextAsync(options);
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(Host.BaseAddress.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
                _complaints.Add($"{page.Url} asked {request.Url}");
        };
        return page;
    }

    /// <summary>Opens the form of an action, fills it in, looks at what it will do, and confirms.</summary>
    protected static async Task DoAsync(IPage page, string action, params (string Label, string Value)[] fields)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = action, Exact = true }).ClickAsync();
        foreach (var (label, value) in fields)
            await page.GetByLabel(label).FillAsync(value);
        if (await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).IsVisibleAsync())
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
    }

    /// <summary>Deque's axe finds no serious fault on the page.</summary>
    protected static async Task AssertAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.Empty(
            result
                .Violations.Where(fault => fault.Impact is "serious" or "critical")
                .Select(fault => $"{page.Url}: {fault.Help}: {fault.Nodes[0].Html}")
        );
    }

    protected static async Task AssertNoSidewaysScrollAsync(IPage page) =>
        Assert.Equal(
            (page.Url, 0),
            (
                page.Url,
                await page.EvaluateAsync<int>(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
            )
        );
}
