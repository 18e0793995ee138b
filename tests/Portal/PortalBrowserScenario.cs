using Dunning.Tests.Dashboard;
using Microsoft.Playwright;

namespace Dunning.Tests.Portal;

/// <summary>A scenario in which a customer opens a link in a real browser.</summary>
public abstract class PortalBrowserScenario : BrowserScenario
{
    protected static BrowserNewContextOptions Phone(bool javaScript = true) =>
        new()
        {
            ViewportSize = new() { Width = 320, Height = 640 },
            JavaScriptEnabled = javaScript,
        };

    /// <returns>A page on which nobody has signed in.</returns>
    protected new Task<IPage> OpenAsync(BrowserNewContextOptions? options = null) => OpenAnonymousAsync(options);

    /// <summary>Two invoices, one in part paid, and an earlier promise.</summary>
    protected async Task<(string Invoice, string Link)> FillAsync()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-02-20"));
        var other = await PostInvoiceAsync(Invoice("A-2", "1234567.00", currency: "EUR"));
        await PayAsync(other, "1.00", "2026-03-01", "EUR");
        return (id, await CustomerLink.CreateAsync(Http, id));
    }
}
