using Dunning.Monitoring;
using Dunning.Receivables;

namespace Dunning.Dashboard.SettingsPages;

/// <summary>What <see cref="SettingsPage"/> shows.</summary>
public sealed record SettingsCheck(Health Health, IReadOnlyList<SettingLine> Lines, SendingState Sending, string? Done)
{
    public required IReadOnlyList<SmsCountryLine> SmsCountries { get; init; }
}
