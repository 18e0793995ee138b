using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Dunning.Local;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Faults;

/// <summary>
/// All outgoing requests of one host pass this proxy: requests to queues, tables and blobs are forwarded to the
/// emulator, requests to providers are answered by stand-ins in this process. The proxy counts them and applies the
/// fault plan. After a kill it forwards nothing.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ProviderStandIns _providers;
    private readonly Func<OutgoingRequest, Fault> _faultPlan;
    private readonly StorageRelay _relay;
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Task, bool> _inProgress = [];
    private readonly int[] _ports;
    private readonly Lock _gate = new();
    private volatile bool _isKilled;
    private int _requestCount;

    private FaultProxy(
        WebApplication app,
        TestAccount account,
        ProviderStandIns providers,
        Func<OutgoingRequest, Fault> faultPlan
    )
    {
        (_app, _providers, _faultPlan, _relay) = (app, providers, faultPlan, new StorageRelay(account.Emulator));
        app.Use(HandleAsync);
        OutboxRoutes.Map(app, providers.SentMessages);
        ((IHost)app).Start();
        _ports = [.. app.Urls.Select(url => new Uri(url).Port)];
        Storage = Azurite.ConnectionStringOf(
            account.Name,
            _ports[(int)Service.Queue],
            _ports[(int)Service.Table],
            _ports[(int)Service.Blob]
        );
    }

    /// <summary>Kills the host's process; not set for a host in this process.</summary>
    public Action? KillProcess { get; set; }

    public string Storage { get; }

    public int RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>Completes when the host is killed and its pending requests have been forwarded or dropped.</summary>
    public Task Terminated => _terminated.Task;

    public Dictionary<string, string?> Settings =>
        new()
        {
            ["Dunning__PoliciesFile"] = ChargingPolicy.File,
            ["Email__ConnectionString"] =
                $"endpoint=http://127.0.0.1:{_ports[(int)Service.Provider]}/acs;accesskey=bG9jYWw=",
            ["Sms__BaseAddress"] = $"http://127.0.0.1:{_ports[(int)Service.Provider]}/twilio/",
        };

    public static FaultProxy Start(
        TestAccount account,
        ProviderStandIns providers,
        Func<OutgoingRequest, Fault>? faultPlan = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var _ in Enum.GetValues<Service>())
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        return new FaultProxy(builder.Build(), account, providers, faultPlan ?? (_ => Fault.None));
    }

    public async ValueTask DisposeAsync()
    {
        _terminated.TrySetResult();
        using var immediately = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(immediately.Token);
        await _app.DisposeAsync();
        _relay.Dispose();
    }

    /// <summary>Kills the host immediately.</summary>
    public async Task KillAsync()
    {
        lock (_gate)
        {
            if (_isKilled)
                return;
            _isKilled = true;
        }
        KillProcess?.Invoke();
        await Task.WhenAll(_inProgress.Keys).ContinueWith(_ => { }, TaskScheduler.Default);
        _terminated.TrySetResult();
    }

    private async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        var receivedAt = Stopwatch.GetTimestamp();
        var request = await ReadAsync(http);
        var fault = _isKilled ? Fault.KillBefore : _faultPlan(request);
        var responseBody = http.Response.Body;
        if (fault is Fault.Response { IsForwarded: false } replacement)
        {
            await WriteResponseAsync(http, replacement);
            return;
        }
        if (fault is Fault.Kill { IsForwarded: false })
        {
            await KillAsync();
            http.Abort();
            return;
        }
        if (fault is Fault.EmptyResultPage)
        {
            await StorageRelay.WriteEmptyPageAsync(http);
            return;
        }

        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        var isForwarded = await ForwardAsync(http, request, receivedAt, next);
        http.Response.Body = responseBody;
        if (isForwarded)
            await RespondAsync(http, fault, buffer);
        else
            http.Abort();
    }

    /// <returns>False when the host was killed before.</returns>
    private async Task<bool> ForwardAsync(
        HttpContext http,
        OutgoingRequest request,
        long receivedAt,
        RequestDelegate next
    )
    {
        Task work;
        lock (_gate)
        {
            if (_isKilled)
                return false;
            work = request.Service is Service.Provider ? ProvideAsync() : _relay.ForwardAsync(http, request);
            _inProgress[work] = true;
        }
        try
        {
            await work;
            return true;
        }
        finally
        {
            _inProgress.TryRemove(work, out _);
        }

        async Task ProvideAsync()
        {
            await next(http);
            if (request.IsSendRequest && http.Response.StatusCode is 201 or 202)
                _providers.Add(request, receivedAt);
        }
    }

    private async Task RespondAsync(HttpContext http, Fault fault, MemoryStream buffer)
    {
        switch (fault)
        {
            case Fault.Kill:
                await KillAsync();
                http.Abort();
                return;
            case Fault.ResponseLoss:
                http.Abort();
                return;
            case Fault.NoResponse:
                await Task.WhenAny(Task.Delay(Timeout.Infinite, http.RequestAborted), Terminated);
                http.Abort();
                return;
            case Fault.Response response:
                http.Response.Headers.Clear();
                await WriteResponseAsync(http, response);
                return;
            case Fault.RunBeforeResponse pause:
                await pause.Action();
                break;
            case Fault.Delay delay:
                await Task.Delay(delay.Duration);
                break;
        }
        if (_isKilled)
        {
            http.Abort();
            return;
        }
        buffer.Position = 0;
        if (buffer.Length > 0)
            await buffer.CopyToAsync(http.Response.Body);
    }

    private static async Task WriteResponseAsync(HttpContext http, Fault.Response response)
    {
        http.Response.StatusCode = response.Status;
        http.Response.ContentType = response.ContentType;
        if (response.RetryAfter is not null)
            http.Response.Headers.RetryAfter = response.RetryAfter;
        await http.Response.WriteAsync(response.Body);
    }

    private async Task<OutgoingRequest> ReadAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        body.Position = 0;
        http.Request.Body = body;
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var service = (Service)Array.IndexOf(_ports, http.Connection.LocalPort);
        return new(Interlocked.Increment(ref _requestCount), service, http.Request.Method, target, body.ToArray());
    }
}
