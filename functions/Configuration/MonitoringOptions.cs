using System.Xml;
using Dunning.Http.Validation;
using Microsoft.Extensions.Configuration;

namespace Dunning.Configuration;

/// <summary>Where telemetry goes, and when the app counts as unhealthy.</summary>
public sealed class MonitoringOptions
{
    [ConfigurationKeyName("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public string? ApplicationInsights { get; init; }

    /// <summary>Without a connection string, as in local development, the exporter would make the start fail.</summary>
    public bool ExportsTelemetry => !string.IsNullOrEmpty(ApplicationInsights);

    /// <summary>ISO 8601 duration.</summary>
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Duration))]
    public string ScanWindow { get; init; } = "PT45M";

    /// <summary>
    /// The age of the last scan from which the health check reports that reminders have stopped. Must be longer than
    /// two intervals of either scan.
    /// </summary>
    public TimeSpan MaxScanAge => XmlConvert.ToTimeSpan(ScanWindow.Trim());
}
