using System.IO.Compression;
using System.Net;
using Dunning.Dashboard.Access;

namespace Dunning.Tests.Dashboard;

/// <summary>The evidence of a claim, saved from the pages.</summary>
public sealed class EvidenceDownloads : DashboardScenario
{
    [Theory]
    [InlineData(DashboardRole.Owner)]
    [InlineData(DashboardRole.Reader)]
    public async Task The_pack_of_an_invoice_and_of_a_customer_is_saved_by_whoever_may_see_the_pages(DashboardRole role)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = (await GetInvoiceAsync(id)).GetProperty("customer").GetProperty("id").GetString();
        using var browser = await SignInAsync(role);

        foreach (var page in new[] { $"{Home}/invoices/{id}", $"{Home}/customers/{customer}" })
        {
            Assert.Contains($"href=\"/{page}/evidence\"", await browser.GetStringAsync(page), StringComparison.Ordinal);
            await using var pack = await browser.GetStreamAsync($"{page}/evidence");
            using var zip = new ZipArchive(pack);
            Assert.NotNull(zip.GetEntry("manifest.sig.json"));
        }
    }

    [Fact]
    public async Task Without_a_session_or_a_case_there_is_no_pack()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var stranger = NewBrowser();
        using var refused = await stranger.GetAsync($"{Home}/invoices/{id}/evidence");
        Assert.Equal(HttpStatusCode.SeeOther, refused.StatusCode);

        using var browser = await SignInAsync();
        using var none = await browser.GetAsync($"{Home}/invoices/nobody-1/evidence");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal("text/html", none.Content.Headers.ContentType?.MediaType);
    }
}
