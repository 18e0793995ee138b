using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Dunning.Local;

/// <summary>Schedules and queue names may hold <c>%Setting%</c>, which stands for that setting's value.</summary>
internal static partial class SettingNames
{
    /// <exception cref="CannotRunHereException">The setting is missing or empty.</exception>
    public static string Resolve(string text, IConfiguration settings, string functionName) =>
        Placeholder()
            .Replace(
                text,
                match =>
                {
                    var setting = match.Groups[1].Value;
                    var value = settings[setting];
                    return string.IsNullOrEmpty(value)
                        ? throw new CannotRunHereException(
                            $"Function {functionName} needs the setting {setting}, which is missing."
                        )
                        : value;
                }
            );

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
