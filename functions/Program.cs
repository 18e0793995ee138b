using Azure.Monitor.OpenTelemetry.Exporter;
using Dunning;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Monitoring;
using Dunning.PolicyVersions;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The Azure Functions worker. local/Program.cs hosts the same services on one machine.
var builder = FunctionsApplication.CreateBuilder(args);

builder.ConfigureFunctionsWebApplication();

// After the middleware of ASP.NET Core, which gives it the HTTP context.
builder.UseMiddleware<ErrorResponses>();
builder.UseMiddleware<FailureRecorder>();
builder.UseMiddleware<PolicyUpdates>();
builder.Services.AddDunning(builder.Configuration);

if (builder.Configuration.Get<MonitoringOptions>() is { ExportsTelemetry: true })
{
    builder
        .Services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
        .WithTracing(traces => traces.AddSource(Telemetry.Name))
        .UseFunctionsWorkerDefaults()
        .UseAzureMonitorExporter(monitor =>
        {
            monitor.Credential = StorageClients.Identity(builder.Configuration.Get<StorageOptions>()!);
            // Alerts query log lines, so log lines must not be dropped together with the traces that are sampled out.
            monitor.EnableTraceBasedLogsSampler = false;
        });
}
using var app = builder.Build();
await app.Services.PrepareAsync(CancellationToken.None);
await app.RunAsync();
