using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>
/// The console log of the local host: one line per entry; of the frameworks, warnings and errors only.
/// </summary>
public static class ConsoleLog
{
    public static void Configure(ILoggingBuilder log) =>
        log.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Azure", LogLevel.Warning);
}
