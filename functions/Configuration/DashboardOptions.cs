namespace Dunning.Configuration;

/// <summary>The owner's pages, from the settings <c>Dashboard__*</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// Browsers send the session's cookie over https only. False only for a host on the own machine, which has no
    /// certificate.
    /// </summary>
    public bool RequireHttps { get; init; } = true;
}
