using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Azure;
using Dunning.Http;
using Dunning.Local.MailViewer;
using Dunning.PolicyVersions;
using Dunning.Recovery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>
/// The functions app on this machine: HTTP routes, timers, queue listeners, the outbox, and a clock that can be moved.
/// </summary>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private Task _background = Task.CompletedTask;

    private LocalHost(WebApplication app, Uri baseAddress) => (_app, BaseAddress) = (app, baseAddress);

    /// <summary>Ends with a slash.</summary>
    public Uri BaseAddress { get; }

    public IServiceProvider Services => _app.Services;

    public MovableClock Clock => Services.GetRequiredService<MovableClock>();

    public SentMessages Outbox => Services.GetRequiredService<SentMessages>();

    public FunctionCatalog Functions => Services.GetRequiredService<FunctionCatalog>();

    /// <exception cref="CannotRunHereException">
    /// The port is taken, storage is unreachable, or a function cannot be run locally.
    /// </exception>
    public static async Task<LocalHost> StartAsync(
        LocalHostOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var socket = LocalPort.Reserve(options.Port);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        var baseAddress = new Uri($"http://127.0.0.1:{port}/");
        LocalHost? host = null;
        try
        {
            host = new LocalHost(Build(options, socket, baseAddress), baseAddress);
            await host.BeginAsync(options, cancellationToken);
            return host;
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Runs one timer function now. Its exceptions are thrown.</summary>
    public Task RunTimerAsync(string functionName, CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<TimerFunctions>().RunAsync(functionName, cancellationToken);

    /// <inheritdoc cref="QueueFunctions.PumpAsync"/>
    public Task<int> PumpAsync(string? only = null, CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<QueueFunctions>().PumpAsync(only, cancellationToken);

    /// <summary>Until Ctrl-C or SIGTERM.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops the listeners first, while the provider stand-ins that they may be calling still run.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _background;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private static WebApplication Build(LocalHostOptions options, Socket socket, Uri baseAddress)
    {
        var settings = options.Settings(baseAddress);
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(settings);
        builder.Logging.ClearProviders();
        options.Logging(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = HttpFunctions.MaxBodyBytes;
            kestrel.Listen((IPEndPoint)socket.LocalEndPoint!);
        });
        builder
            .Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => socket)
            .AddRouting()
            .AddSingleton(FunctionCatalog.Read(options.Functions, settings))
            .AddSingleton(options.Queues ?? QueueSettings.FromHostJson(File.ReadAllText(Repository.HostJson)))
            .AddSingleton(new SentMessages(options.Clock, options.OutboxFile))
            .AddSingleton<ProviderCallbacks>()
            .AddSingleton<TimerFunctions>()
            .AddSingleton<QueueFunctions>()
            .AddSingleton<FailureRecorder>();
        options.Services(builder.Services, settings);
        builder.Services.AddSingleton(options.Clock).AddSingleton<TimeProvider>(options.Clock);
        return builder.Build();
    }

    private async Task BeginAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var (queues, timers) = (
            Services.GetRequiredService<QueueFunctions>(),
            Services.GetRequiredService<TimerFunctions>()
        );
        await PrepareAsync(options);
        var errors = ActivatorUtilities.CreateInstance<ErrorResponses>(Services);
        _app.Use(
            (http, next) => errors.RunAsync(http, http.GetEndpoint()?.DisplayName ?? "A request", () => next(http))
        );
        _app.Use(LocalRequests.AllowAsync);
        if (Services.GetService<PolicyUpdates>() is { } policies)
            _app.Use(
                async (http, next) =>
                {
                    await policies.TryRefreshAsync(http.RequestAborted);
                    await next(http);
                }
            );
        HttpFunctions.Map(_app, Functions.Http, options.Keys);
        ClockRoutes.Map(_app, Clock, timers, queues);
        var callbacks = Services.GetRequiredService<ProviderCallbacks>();
        OutboxRoutes.Map(_app, Outbox, callbacks);
        if (options.ReportAutomatically)
            callbacks.ReportAllMessages();
        options.Routes?.Invoke(_app);
        await _app.StartAsync(cancellationToken);
        if (!options.Background)
            return;

        // Listeners stop as soon as Ctrl-C is pressed, not only after the server has stopped.
        _app.Lifetime.ApplicationStopping.Register(_stop.Cancel);
        _background = ListenAsync(queues, timers);
    }

    /// <summary>The settings are validated before storage is needed.</summary>
    private async Task PrepareAsync(LocalHostOptions options)
    {
        try
        {
            if (options.Prepare is not null)
                await options.Prepare(Services);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            throw new CannotRunHereException(
                $"Storage cannot be used: {exception.GetBaseException().Message}",
                exception
            );
        }
    }

    private async Task ListenAsync(QueueFunctions queues, TimerFunctions timers)
    {
        try
        {
            await Task.WhenAll(queues.ListenAsync(_stop.Token), timers.ListenAsync(_stop.Token));
        }
        catch (Exception exception)
        {
            // Without listeners the host would seem to run, but send nothing.
            _app.Logger.LogCritical(exception, "The listeners failed; the host stops");
            _app.Lifetime.StopApplication();
        }
    }
}
