using System.Net;

namespace Dunning.Tests.Dashboard;

public sealed class SignInTests : DashboardScenario
{
    [Fact]
    public async Task A_key_opens_the_page_that_was_wanted_and_its_name_is_shown()
    {
        using var browser = NewBrowser();
        using var turnedAway = await browser.GetAsync($"{Home}/settings");
        Assert.Equal(
            "/api/dashboard/sign-in?to=%2Fapi%2Fdashboard%2Fsettings",
            turnedAway.Headers.Location!.OriginalString
        );

        using var response = await SignInAsync(browser, await NewKeyAsync("Maya"), "/api/dashboard/settings");

        Assert.Equal("/api/dashboard/settings", response.Headers.Location!.OriginalString);
        Assert.Contains(
            "Signed in as <bdi>Maya</bdi>",
            (await browser.GetStringAsync($"{Home}/settings")).Replace("<!--!-->", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("dk_00000000_wrong")]
    [InlineData("the-master-key-of-the-host")]
    [InlineData("")]
    public async Task Any_other_key_is_refused_with_one_sentence_for_all_causes(string key)
    {
        using var browser = NewBrowser();

        using var response = await SignInAsync(browser, key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(
            "This key does not open the dashboard.",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task After_five_wrong_keys_the_right_one_waits_a_minute()
    {
        var key = await NewKeyAsync();
        using var browser = NewBrowser();
        for (var i = 0; i < 5; i++)
            (await SignInAsync(browser, "dk_00000000_wrong")).Dispose();

        using var early = await SignInAsync(browser, key);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await SignInAsync(browser, key);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.SeeOther), (early.StatusCode, later.StatusCode));
    }

    [Fact]
    public async Task A_revoked_key_ends_its_sessions_with_the_next_request()
    {
        using var browser = await SignInAsync();
        var key = Assert.Single(await Keys.ListAsync(CancellationToken.None));

        await Keys.RevokeAsync(key.Id, CancellationToken.None);

        using var response = await browser.GetAsync(Home);
        Assert.StartsWith(
            "/api/dashboard/sign-in",
            response.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_session_ends_after_eight_idle_hours_and_after_seven_days_in_any_case()
    {
        using var idle = await SignInAsync();
        using var busy = await SignInAsync();
        for (var hours = 0; hours < 7 * 24 - 6; hours += 6)
        {
            Host.Clock.Advance(TimeSpan.FromHours(6));
            using var page = await busy.GetAsync(Home);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        Host.Clock.Advance(TimeSpan.FromHours(6));

        using var afterIdle = await idle.GetAsync(Home);
        using var afterDays = await busy.GetAsync(Home);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (afterIdle.StatusCode, afterDays.StatusCode));
    }

    [Fact]
    public async Task A_cookie_from_before_the_sign_in_is_worth_nothing_afterwards()
    {
        using var response = await SignInAsync(NewBrowser(), await NewKeyAsync());
        var before = Cookie(response);
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Host.BaseAddress,
        };
        browser.DefaultRequestHeaders.Add("Cookie", before);

        using var again = await SignInAsync(browser, await NewKeyAsync("Tom"));

        Assert.NotEqual(before, Cookie(again));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/api/dashboard.evil.example")]
    [InlineData("/api/dashboard/../invoices")]
    [InlineData("/outbox")]
    public async Task Signing_in_never_leads_to_another_place(string to)
    {
        using var response = await SignInAsync(NewBrowser(), await NewKeyAsync(), to);

        Assert.Equal("/api/dashboard", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_cookie_cannot_be_read_by_script_and_other_sites_cannot_use_it()
    {
        using var response = await SignInAsync(NewBrowser(), await NewKeyAsync());

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Maya", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_listed_and_revoked_with_the_master_key_and_shown_once()
    {
        using var created = await PostAsync("api/manage/dashboard-keys", new { name = "Maya", role = "owner" });
        var key = System.Text.Json.JsonElement.Parse(await created.Content.ReadAsStringAsync());
        var list = await Http.GetStringAsync("api/manage/dashboard-keys");
        using var revoked = await Http.DeleteAsync($"api/manage/dashboard-keys/{key.GetProperty("id")}");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Contains("Maya", list, StringComparison.Ordinal);
        Assert.DoesNotContain(key.GetProperty("key").GetString()!, list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        using var response = await SignInAsync(NewBrowser(), key.GetProperty("key").GetString()!);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Another_instance_accepts_the_cookie()
    {
        using var response = await SignInAsync(NewBrowser(), await NewKeyAsync());

        await using var second = await StartSecondAsync();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = second.BaseAddress,
        };
        browser.DefaultRequestHeaders.Add("Cookie", Cookie(response));
        using var page = await browser.GetAsync(Home);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static string Cookie(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
}
