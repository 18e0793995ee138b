using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>Debian's Chromium, started once for all tests of pages.</summary>
public static class Chromium
{
    private static readonly Lazy<Task<IBrowser>> _browser = new(StartAsync);

    /// <summary>Null where none is installed.</summary>
    public static string? Path { get; } =
        new[]
        {
            Environment.GetEnvironmentVariable("CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
        }.FirstOrDefault(File.Exists);

    public static Task<IBrowser> Browser => _browser.Value;

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // The other tests leave little of the machine.
        Assertions.SetDefaultExpectTimeout(30_000);
        return await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }
}
