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
/// Everything that leaves one host passes here: requests to queues and tables, which are carried to the emulator, and
/// to the providers, which this process stands in for. It counts them and does to each what the weather says. When the
/// sender has died, nothing passes any more.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ProviderLedger _ledger;
    private readonly Func<Passage, Fault> _weather;
    private readonly StorageRelay _relay;
    private readonly TaskCompletionSource _death = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Task, bool> _carried = [];
    private readonly int[] _ports;
    private readonly Lock _gate = new();
    private volatile bool _dying;
    private int _count;

    private FaultProxy(WebApplication app, TestAccount account, ProviderLedger ledger, Func<Passage, Fault> faultPlan)
    {
        (_app, _ledger, _weather, _relay) = (app, ledger, faultPlan, new StorageRelay(account.Emulator));
        app.Use(PassAsync);
        OutboxRoutes.Map(app, ledger.Outbox);
        ((IHost)app).Start();
        _ports = [.. app.Urls.Select(url => new Uri(url).Port)];
        Storage = Azurite.ConnectionStringOf(account.Name, _ports[0], _ports[1]);
    }

    /// <summary>How to kill the sender; not set where it lives in this process.</summary>
    public Action? Kill { get; set; }

    public string Storage { get; }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Completes when the sender is dead and what it had under way has been carried out or not.</summary>
    public Task Death => _death.Task;

    public Dictionary<string, string?> Settings =>
        new()
        {
            ["Email__ConnectionString"] = $"endpoint=http://127.0.0.1:{_ports[2]}/acs;accesskey=bG9jYWw=",
            ["Sms__BaseAddress"] = $"http://127.0.0.1:{_ports[2]}/twilio/",
        };

    public static FaultProxy Start(TestAccount account, ProviderLedger ledger, Func<Passage, Fault>? faultPlan = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var service = 0; service < 3; service++)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        return new FaultProxy(builder.Build(), account, ledger, faultPlan ?? (_ => Fault.Pass));
    }

    public async ValueTask DisposeAsync()
    {
        _death.TrySetResult();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _relay.Dispose();
    }

    /// <summary>Ends the sender from outside, whatever it is doing.</summary>
    public async Task DieAsync()
    {
        lock (_gate)
        {
            if (_dying)
                return;
            _dying = true;
        }
        Kill?.Invoke();
        await Task.WhenAll(_carried.Keys).ContinueWith(_ => { }, TaskScheduler.Default);
        _death.TrySetResult();
    }

    private async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        var beganAt = Stopwatch.GetTimestamp();
        var passage = await ReadAsync(http);
        var fate = _dying ? Fault.DieBefore : _weather(passage);
        var answer = http.Response.Body;
        if (fate is Fault.Answers { Carried: false } refusal)
        {
            await RefuseAsync(http, refusal);
            return;
        }
        if (fate is Fault.Dies { Carried: false })
        {
            await DieAsync();
            http.Abort();
            return;
        }
        if (fate is Fault.EmptyPages)
        {
            await StorageRelay.AnswerWithEmptyPageAsync(http);
            return;
        }

        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        var carrying = await CarryAsync(http, passage, beganAt, next);
        http.Response.Body = answer;
        if (carrying)
            await FinishAsync(http, fate, buffer);
        else
            http.Abort();
    }

    /// <returns>False when the sender had died before.</returns>
    private async Task<bool> CarryAsync(HttpContext http, Passage passage, long beganAt, RequestDelegate next)
    {
        Task work;
        lock (_gate)
        {
            if (_dying)
                return false;
            work = passage.Service is Service.Provider ? ProvideAsync() : _relay.CarryAsync(http, passage);
            _carried[work] = true;
        }
        try
        {
            await work;
            return true;
        }
        finally
        {
            _carried.TryRemove(work, out _);
        }

        async Task ProvideAsync()
        {
            await next(http);
            if (passage.IsSending && http.Response.StatusCode is 201 or 202)
                _ledger.Add(passage, beganAt);
        }
    }

    private async Task FinishAsync(HttpContext http, Fault fate, MemoryStream buffer)
    {
        switch (fate)
        {
            case Fault.Dies:
                await DieAsync();
                http.Abort();
                return;
            case Fault.Loses:
                http.Abort();
                return;
            case Fault.Hangs:
                await Task.WhenAny(Task.Delay(Timeout.Infinite, http.RequestAborted), Death);
                http.Abort();
                return;
            case Fault.Answers instead:
                http.Response.Headers.Clear();
                await RefuseAsync(http, instead);
                return;
            case Fault.Held held:
                await held.Meanwhile();
                break;
            case Fault.Slow slow:
                await Task.Delay(slow.By);
                break;
        }
        if (_dying)
        {
            http.Abort();
            return;
        }
        buffer.Position = 0;
        if (buffer.Length > 0)
            await buffer.CopyToAsync(http.Response.Body);
    }

    private static async Task RefuseAsync(HttpContext http, Fault.Answers refusal)
    {
        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = refusal.ContentType;
        if (refusal.RetryAfter is not null)
            http.Response.Headers.RetryAfter = refusal.RetryAfter;
        await http.Response.WriteAsync(refusal.Body);
    }

    private async Task<Passage> ReadAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        body.Position = 0;
        http.Request.Body = body;
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var service = (Service)Array.IndexOf(_ports, http.Connection.LocalPort);
        return new(Interlocked.Increment(ref _count), service, http.Request.Method, target, body.ToArray());
    }
}
