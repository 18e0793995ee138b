using Dunning.Local;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Faults;

/// <summary>Starts the local host in this process behind a proxy; timers and queues run only when triggered.</summary>
public static class InProcessHost
{
    public static Task<LocalHost> StartAsync(
        FaultProxy proxy,
        MovableClock clock,
        CollectingLogger? log = null,
        Action<IServiceCollection, IConfiguration>? change = null
    ) =>
        LocalHost.StartAsync(
            new LocalHostOptions
            {
                Functions = typeof(DunningServices).Assembly.GetExportedTypes(),
                Services = (services, settings) =>
                {
                    services.AddDunning(settings);
                    change?.Invoke(services, settings);
                },
                Settings = address =>
                    new ConfigurationBuilder()
                        .AddConfiguration(LocalSettings.Build(address, proxy.Storage))
                        .AddInMemoryCollection(
                            proxy.Settings.ToDictionary(
                                s => s.Key.Replace("__", ":", StringComparison.Ordinal),
                                s => s.Value
                            )
                        )
                        .Build(),
                Clock = clock,
                Background = false,
                Logging = logging =>
                {
                    if (log is not null)
                        logging
                            .AddProvider(log)
                            .SetMinimumLevel(LogLevel.Information)
                            .AddFilter("Microsoft", LogLevel.Warning);
                },
                Prepare = services => services.PrepareAsync(CancellationToken.None),
            }
        );
}
