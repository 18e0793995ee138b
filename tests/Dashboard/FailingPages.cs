using System.Net;
using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Notices.Localization;
using Dunning.Tests.Fixtures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Dunning.Tests.Dashboard;

/// <summary>Storage stops at any request, or a page cannot be rendered: a person gets a page all the same.</summary>
public sealed class FailingPages : DashboardScenario
{
    private const string Part = "This part cannot be shown now";

    private readonly FailingStorageTransport _storage = new();

    protected override void ReplaceServices(IServiceCollection services) => _storage.Use(services);

    [Theory]
    [InlineData("", "Overview")]
    [InlineData("/customers/{id}", "amberley Ltd")]
    public async Task A_part_that_fails_leaves_the_rest_and_the_whole_is_never_anything_but_a_page(
        string path,
        string heading
    )
    {
        ExpectedWarnings.AddRange(["A part of a page of the dashboard failed", "A page of the dashboard failed"]);
        var invoice = await PostInvoiceAsync(Invoice("A-1"));
        using var browser = await SignInAsync();
        var address = Home + path.Replace("{id}", invoice.Split('-')[0], StringComparison.Ordinal);
        var (parts, whole) = (0, 0);

        for (var requests = 0; whole == 0 && requests < 100; requests++)
        {
            _storage.Fail(requests);
            using var response = await browser.GetAsync(address);
            _storage.Restore();
            var page = await response.Content.ReadAsStringAsync();
            Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
            if (!page.Contains($"{heading}</", StringComparison.Ordinal))
                Assert.True(response.StatusCode is HttpStatusCode.ServiceUnavailable, page);
            else if (page.Contains(Part, StringComparison.Ordinal))
                parts++;
            else
                whole++;
        }

        Assert.Equal((true, 1), (parts > 0, whole));
    }

    [Fact]
    public async Task A_page_that_cannot_be_rendered_says_so_in_words()
    {
        ExpectedWarnings.Add("A page could not be rendered");
        await using var scope = Host.Services.CreateAsyncScope();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Response.Body = body;
        var words = new PageWords(Language.For("en"), Language.For("en").Dashboard, DateTimeZone.Utc);
        var context = new PageContext(
            words,
            Session: null,
            FormToken: null,
            Pages.Home,
            new DateOnly(2026, 3, 2),
            null
        );

        await Pages.Show<BrokenPage>(context).ExecuteAsync(http);

        Assert.Equal((500, "text/html; charset=utf-8"), (http.Response.StatusCode, http.Response.ContentType));
        Assert.Contains(
            "<h1>The page cannot be shown</h1>",
            System.Text.Encoding.UTF8.GetString(body.ToArray()),
            StringComparison.Ordinal
        );
    }

    private sealed class BrokenPage : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("This page is broken.");
    }
}
