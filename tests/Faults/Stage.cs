using Azure.Data.Tables;
using Azure.Storage.Queues;
using Dunning.Local;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Faults;

/// <summary>One storage account, the providers' ledger of it, and the hosts in this process that play on it.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly FaultLab _lab;
    private readonly TestAccount _account;
    private readonly List<FaultProxy> _wires = [];
    private readonly List<LocalHost> _hosts = [];
    private HttpClient? _calm;

    private Stage(FaultLab lab, TestAccount account)
    {
        _lab = lab;
        (Clock, _account) = (lab.Clock, account);
        Ledger = new ProviderLedger(lab.Clock);
    }

    public MovableClock Clock { get; }

    public ProviderLedger Ledger { get; }

    public CollectingLogger Log { get; } = new();

    /// <summary>Changes what the hosts in this process are made of.</summary>
    public Action<IServiceCollection, IConfiguration>? Change { get; set; }

    public static async Task<Stage> OpenAsync(FaultLab lab)
    {
        var stage = new Stage(lab, await lab.OpenAccountAsync());
        await stage._account.SetShardsAsync();
        return stage;
    }

    public FaultProxy OpenWire(Func<Passage, Fault>? faultPlan = null)
    {
        var proxy = FaultProxy.Start(_account, Ledger, faultPlan);
        _wires.Add(proxy);
        return proxy;
    }

    public async Task<LocalHost> StartHostAsync(FaultProxy proxy)
    {
        var host = await OwnHost.StartAsync(proxy, Clock, Log, Change);
        lock (_hosts)
            _hosts.Add(host);
        return host;
    }

    /// <summary>A host that nothing happens to.</summary>
    public async Task<HttpClient> CalmHostAsync() =>
        _calm ??= new HttpClient
        {
            BaseAddress = (await StartHostAsync(OpenWire())).BaseAddress,
            Timeout = TimeSpan.FromMinutes(5),
        };

    public QueueClient Queue(string name) => new QueueServiceClient(_account.ConnectionString).GetQueueClient(name);

    public TableServiceClient Tables() => new(_account.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        _calm?.Dispose();
        // Wires first: a host that lost its own would go on trying. It takes its time to give up, which nobody waits
        // for.
        foreach (var proxy in _wires)
            await proxy.DisposeAsync();
        foreach (var host in _hosts)
            _lab.Bury(host);
        await _account.DisposeAsync();
    }
}
