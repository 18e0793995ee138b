using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>When the timers run. The Functions host reads them, by the names in the timer triggers.</summary>
public sealed class ScheduleOptions
{
    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Schedule))]
    public string FindUpcomingInvoicesSchedule { get; init; } = "";

    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Schedule))]
    public string FindOverdueInvoicesSchedule { get; init; } = "";

    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Schedule))]
    public string RecoverSchedule { get; init; } = "";

    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Schedule))]
    public string RetentionSchedule { get; init; } = "";

    /// <summary>How often the inbox is read, where there is one.</summary>
    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Schedule))]
    public string FetchMailSchedule { get; init; } = "";

    /// <summary>How often the figures of the dashboard's overview are made.</summary>
    [RequiredSetting]
    [FieldRule(typeof(SettingRules), nameof(SettingRules.Schedule))]
    public string SummarySchedule { get; init; } = "";
}
