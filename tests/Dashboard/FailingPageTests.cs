using System.Net;
using Dunning.Dashboard.Layout;
using Dunning.Notices.Localization;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Dashboard;

public sealed class FailingPageTests : DashboardScenario
{
    /// <summary>A phrase that asks for a value that its page does not have.</summary>
    protected override void ReplaceServices(IServiceCollection services)
    {
        var english = Language.For("en");
        var phrases = english.Dashboard.Phrases.ToDictionary();
        phrases["customers.none"] = new Phrase("{company}");
        services.AddSingleton(
            new DashboardLanguages([english with { Dashboard = english.Dashboard with { Phrases = phrases } }])
        );
    }

    [Fact]
    public async Task A_page_that_fails_says_so_as_a_page_and_the_others_go_on()
    {
        ExpectedWarnings.Add("A page of the dashboard failed");
        using var browser = await SignInAsync();

        using var failed = await browser.GetAsync($"{Home}/customers");
        using var other = await browser.GetAsync($"{Home}/invoices");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (failed.StatusCode, other.StatusCode));
        Assert.Equal("text/html", failed.Content.Headers.ContentType?.MediaType);
        Assert.Contains("The page cannot be shown", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
