namespace Dunning.Tests.Dashboard;

/// <summary>A fact that needs a browser; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() =>
        Skip = Chromium.Path is null ? "needs Chromium: install it, or set CHROMIUM to its path" : null;
}
