using System.Net;

namespace Dunning.Tests.Dashboard;

/// <summary>Two people look at one invoice.</summary>
public sealed class StaleFormTests : DashboardScenario
{
    [Fact]
    public async Task A_change_meanwhile_is_shown_before_the_old_form_is_carried_out()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        using var browser = await SignInAsync();
        var form = await FormAsync(browser, id);
        using var disputed = await PostAsync($"api/invoices/{id}/dispute", new { reason = "broken", by = "Tom" });

        using var shown = await SendFormAsync(browser, $"{Home}/do/extend/{id}", form);
        var page = await shown.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("This has changed since you opened the form", page, StringComparison.Ordinal);
        Assert.Contains("broken", page, StringComparison.Ordinal);
        Assert.Contains("2026-04-20", page, StringComparison.Ordinal);
        Assert.Equal("2026-03-16", (await GetInvoiceAsync(id)).GetProperty("dueDate").GetString());

        using var confirmed = await SendFormAsync(
            browser,
            $"{Home}/do/extend/{id}",
            [.. form.Where(field => field.Name != "revision"), ("revision", RevisionOf(page))]
        );
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        Assert.Equal("2026-04-20", (await GetInvoiceAsync(id)).GetProperty("dueDate").GetString());
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_carried_out_once_and_not_taken_for_an_old_one()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        using var browser = await SignInAsync();
        var form = await FormAsync(browser, id);

        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await SendFormAsync(browser, $"{Home}/do/extend/{id}", form);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        Assert.Single(await EventsAsync(id), kind => kind == "extended");
    }

    private static async Task<(string Name, string Value)[]> FormAsync(HttpClient browser, string id)
    {
        var page = await browser.GetStringAsync($"{Home}/do/extend/{id}");
        return
        [
            ("token", await TokenAsync(browser)),
            ("revision", RevisionOf(page)),
            ("dueDate", "2026-04-20"),
            ("confirmed", "yes"),
        ];
    }

    private static string RevisionOf(string page)
    {
        const string field = "name=\"revision\" value=\"";
        var from = page.IndexOf(field, StringComparison.Ordinal) + field.Length;
        return page[from..page.IndexOf('"', from)];
    }
}
