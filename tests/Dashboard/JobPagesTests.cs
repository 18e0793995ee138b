using System.Net;
using System.Text;
using System.Text.Json;
using Dunning.Dashboard.Access;

namespace Dunning.Tests.Dashboard;

/// <summary>Files are uploaded, checked, and then imported; without a browser.</summary>
public sealed class JobPagesTests : DashboardScenario
{
    private const string File = """
        number,issueDate,dueDate,currency,amountDue,customerName,customerEmail
        F-1,2026-02-01,2026-02-27,EUR,100.00,Alpha,ap@alpha.example
        F-2,2026-02-30,2026-02-27,EUR,50.00,Beta <b>,ap@beta.example
        """;

    [Fact]
    public async Task A_file_is_checked_first_and_imported_when_a_person_says_so()
    {
        using var browser = await SignInAsync();
        using var sent = await UploadAsync(browser, "do-import-invoices", File, ("whenOverdue", "gently"));
        var address = Assert.IsType<Uri>(sent.Headers.Location).OriginalString;
        using var waiting = await browser.GetAsync(address);
        Assert.Equal("3", Assert.Single(waiting.Headers.GetValues("Refresh")));
        address = address.Split('?')[0];
        await Host.PumpAsync(only: Queues.Jobs);

        var page = await browser.GetStringAsync(address);
        Assert.Contains("Only checked", page, StringComparison.Ordinal);
        Assert.Contains("&#x27;2026-02-30&#x27; is not a day", page, StringComparison.Ordinal);
        Assert.Contains("Messages of the next 7 days", page, StringComparison.Ordinal);
        using var unknown = await Http.GetAsync(new Uri("api/invoices?externalId=F-1&source=csv", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        using var confirmed = await SendFormAsync(
            browser,
            address.Replace("/jobs/", "/do-import/", StringComparison.Ordinal),
            ("token", await TokenAsync(browser))
        );
        await Host.PumpAsync(only: Queues.Jobs);

        Assert.Contains("New", await browser.GetStringAsync(confirmed.Headers.Location), StringComparison.Ordinal);
        using var known = await Http.GetAsync(new Uri("api/invoices?externalId=F-1&source=csv", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        var lines = await browser.GetStringAsync($"{confirmed.Headers.Location!.OriginalString.Split('?')[0]}/result");
        Assert.Equal(2, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Invoices from a file", await browser.GetStringAsync($"{Home}/jobs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_file_leaves_open_is_asked_for_on_the_page()
    {
        using var browser = await SignInAsync();

        using var sent = await UploadAsync(
            browser,
            "do-import-invoices",
            File.Replace("2026-02-01", "01/02/2026", StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        var page = await sent.Content.ReadAsStringAsync();
        Assert.Contains("has two readings", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do-import-bank", "no statement")]
    [InlineData("do-import-invoices", "")]
    [InlineData("do-import-invoices", "{\"Payments\":[]}")]
    public async Task A_file_that_cannot_be_read_is_refused_on_the_page(string form, string file)
    {
        using var browser = await SignInAsync();

        using var sent = await UploadAsync(browser, form, file);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Contains("There is a problem", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_from_a_form_without_its_token_is_refused()
    {
        using var browser = await SignInAsync();
        var token = await TokenAsync(browser);

        using var large = await UploadAsync(browser, "do-import-invoices", new string('x', 11 * 1024 * 1024), token);
        using var forged = await UploadAsync(browser, "do-import-invoices", File, "forged");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (large.StatusCode, forged.StatusCode));
    }

    [Fact]
    public async Task A_look_ahead_shows_the_messages_of_each_day_and_can_be_stopped()
    {
        await PostInvoiceAsync(Invoice("S-1"));
        using var browser = await SignInAsync();
        var token = await TokenAsync(browser);
        using var begun = await SendFormAsync(browser, $"{Home}/do-simulate", ("token", token), ("payments", "none"));
        await Host.PumpAsync(only: Queues.Jobs);
        var page = await browser.GetStringAsync(begun.Headers.Location);
        Assert.Contains("Messages by day", page, StringComparison.Ordinal);
        Assert.Contains("Friendly", page, StringComparison.OrdinalIgnoreCase);

        using var wrong = await SendFormAsync(browser, $"{Home}/do-simulate", ("token", token), ("from", "2020-01-01"));
        using var again = await SendFormAsync(browser, $"{Home}/do-simulate", ("token", token));
        var address = again.Headers.Location!.OriginalString.Split('?')[0];
        using var stopped = await SendFormAsync(
            browser,
            address.Replace("/jobs/", "/do-stop-job/", StringComparison.Ordinal),
            ("token", token)
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Stopped", await browser.GetStringAsync(stopped.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_made_shown_and_saved_as_csv()
    {
        await PostInvoiceAsync(Invoice("R-1"));
        using var browser = await SignInAsync();
        var token = await TokenAsync(browser);
        using var begun = await SendFormAsync(browser, $"{Home}/do-report", ("token", token));
        await Host.PumpAsync(only: Queues.Jobs);
        var address = begun.Headers.Location!.OriginalString.Split('?')[0];

        var page = await browser.GetStringAsync(address);
        var csv = await browser.GetStringAsync($"{address}/report.csv");
        using var wrong = await SendFormAsync(
            browser,
            $"{Home}/do-report",
            ("token", token),
            ("from", "2026-03-02"),
            ("until", "2026-03-01")
        );

        Assert.Contains("119.00", page, StringComparison.Ordinal);
        Assert.Contains("<meter", page, StringComparison.Ordinal);
        Assert.Contains("ageing,GBP,owed,119.00,GBP", csv, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    /// <summary>A reader would get the keys with which cookies are made.</summary>
    [Fact]
    public async Task An_export_is_not_on_the_pages_and_holds_no_key_of_a_cookie()
    {
        using var browser = await SignInAsync();
        using var begun = await PostAsync("api/export", new { });
        var job = JsonDocument.Parse(await begun.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        await Host.PumpAsync(only: Queues.Jobs);

        using var page = await browser.GetAsync($"{Home}/jobs/{job}");
        using var result = await browser.GetAsync($"{Home}/jobs/{job}/result");
        var file = await Http.GetStringAsync(new Uri($"api/jobs/{job}/result", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (page.StatusCode, result.StatusCode));
        Assert.Contains("\"table\":\"dunning\"", file, StringComparison.Ordinal);
        Assert.DoesNotContain("data-protection", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_sees_the_jobs_and_no_form()
    {
        using var owner = await SignInAsync();
        using var sent = await UploadAsync(owner, "do-import-invoices", File);
        await Host.PumpAsync(only: Queues.Jobs);
        using var reader = await SignInAsync(DashboardRole.Reader);

        var list = await reader.GetStringAsync($"{Home}/jobs");
        var page = await reader.GetStringAsync(sent.Headers.Location);

        Assert.DoesNotContain("type=\"file\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("do-import", page, StringComparison.Ordinal);
        Assert.Contains("Only checked", page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> UploadAsync(
        HttpClient browser,
        string form,
        string file,
        params (string Name, string Value)[] fields
    ) => await UploadAsync(browser, form, file, await TokenAsync(browser), fields);

    private static async Task<HttpResponseMessage> UploadAsync(
        HttpClient browser,
        string form,
        string file,
        string token,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("token", token)))
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "export.csv");
        return await browser.PostAsync(new Uri($"{Home}/{form}", UriKind.Relative), content);
    }
}
