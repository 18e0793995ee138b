using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Dunning.Local;

/// <summary>Resolves <c>%Setting%</c> in schedules and queue names to the value of the setting.</summary>
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
                            $"Function {functionName} needs the setting {setting}, which is missing. "
                                + "Add it to local.settings.json."
                        )
                        : value;
                }
            );

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
