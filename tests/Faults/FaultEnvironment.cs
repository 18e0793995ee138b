using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Dunning.Local;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Faults;

/// <summary>A storage account, the provider stand-ins, and the in-process hosts that use them.</summary>
public sealed class FaultEnvironment : IAsyncDisposable
{
    private readonly FaultFixture _fixture;
    private readonly TestAccount _account;
    private readonly List<FaultProxy> _proxies = [];
    private readonly List<LocalHost> _hosts = [];
    private HttpClient? _faultFree;

    private FaultEnvironment(FaultFixture fixture, TestAccount account)
    {
        _fixture = fixture;
        (Clock, _account) = (fixture.Clock, account);
        Providers = new ProviderStandIns(fixture.Clock);
    }

    public MovableClock Clock { get; }

    public ProviderStandIns Providers { get; }

    public CollectingLogger Log { get; } = new();

    /// <summary>Replaces services of the hosts in this process.</summary>
    public Action<IServiceCollection, IConfiguration>? ChangeServices { get; set; }

    public static async Task<FaultEnvironment> OpenAsync(FaultFixture fixture)
    {
        var environment = new FaultEnvironment(fixture, await fixture.OpenAccountAsync());
        await environment._account.SetShardsAsync();
        return environment;
    }

    public FaultProxy OpenProxy(Func<OutgoingRequest, Fault>? faultPlan = null)
    {
        var proxy = FaultProxy.Start(_account, Providers, faultPlan);
        _proxies.Add(proxy);
        return proxy;
    }

    public async Task<LocalHost> StartHostAsync(FaultProxy proxy)
    {
        var host = await InProcessHost.StartAsync(proxy, Clock, Log, ChangeServices);
        lock (_hosts)
            _hosts.Add(host);
        return host;
    }

    /// <summary>Starts, at the first call, a host behind a proxy without faults.</summary>
    public async Task<HttpClient> ConnectToFaultFreeHostAsync() =>
        _faultFree ??= new HttpClient
        {
            BaseAddress = (await StartHostAsync(OpenProxy())).BaseAddress,
            Timeout = TimeSpan.FromMinutes(5),
        };

    public QueueClient Queue(string name) => new QueueServiceClient(_account.ConnectionString).GetQueueClient(name);

    public TableServiceClient Tables() => new(_account.ConnectionString);

    public BlobContainerClient SentMessages() => new(_account.ConnectionString, Containers.SentMessages);

    public async ValueTask DisposeAsync()
    {
        _faultFree?.Dispose();
        // Proxies first, otherwise the hosts would keep retrying their requests. Stopping a host takes long, so it
        // happens in the background.
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        foreach (var host in _hosts)
            _fixture.StopInBackground(host);
        await _account.DisposeAsync();
    }
}
