using Azure.Data.Tables;
using Azure.Storage.Queues;
using Dunning.Local;
using Dunning.Monitoring;
using Dunning.Recovery;
using Dunning.Tests.Fuzzing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Local;

/// <summary>A local host with the sample functions and its own queues.</summary>
public sealed class SampleHost : IAsyncDisposable
{
    private SampleHost(LocalHost host) => (Host, Client) = (host, new() { BaseAddress = host.BaseAddress });

    public LocalHost Host { get; }

    public HttpClient Client { get; }

    public CallLog CallLog => Host.Services.GetRequiredService<CallLog>();

    public SampleQueueNames QueueNames => Host.Services.GetRequiredService<SampleQueueNames>();

    public static async Task<SampleHost> StartAsync(
        string storage,
        Func<LocalHostOptions, LocalHostOptions>? change = null
    )
    {
        var tag = Guid.NewGuid().ToString("N");
        var names = new SampleQueueNames($"first-{tag}", $"second-{tag}", $"third-{tag}");
        var options = new LocalHostOptions
        {
            Functions = [typeof(HttpSamples), typeof(QueueSamples), typeof(TimerSamples)],
            Services = (services, settings) =>
                services
                    .AddSingleton(names)
                    .AddSingleton<CallLog>()
                    .AddSingleton(
                        new QueueServiceClient(
                            settings["AzureWebJobsStorage"],
                            new() { MessageEncoding = QueueMessageEncoding.Base64 }
                        )
                    )
                    .AddMetrics()
                    .AddSingleton<Telemetry>()
                    .AddSingleton<TableClient>(new MemoryTable())
                    .AddSingleton<Failures>(),
            Settings = _ =>
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>
                        {
                            ["AzureWebJobsStorage"] = storage,
                            ["First"] = names.First,
                            ["Second"] = names.Second,
                            ["Third"] = names.Third,
                            ["Hours"] = "0 0 * * * *",
                        }
                    )
                    .Build(),
            Background = false,
            Prepare = services =>
                Task.WhenAll(
                    new[] { names.First, names.Second, names.Third }.Select(name =>
                        services.GetRequiredService<QueueServiceClient>().CreateQueueAsync(name)
                    )
                ),
            Queues = QueueSettings.Defaults,
            Logging = log => log.ClearProviders(),
        };
        return new(await LocalHost.StartAsync(change is null ? options : change(options)));
    }

    public QueueClient Queue(string name) =>
        Host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient(name);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
