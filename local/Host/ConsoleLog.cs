using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>The console of the local host: one line an entry, the framework only when something is wrong.</summary>
public static class ConsoleLog
{
    public static void OneLineEach(ILoggingBuilder log) =>
        log.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Azure", LogLevel.Warning);
}
