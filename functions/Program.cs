using Azure.Monitor.OpenTelemetry.Exporter;
using Dunning;
using Dunning.Configuration;
using Dunning.Monitoring;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The Functions worker. local/Program.cs is the other host of the same composition.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddDunning(builder.Configuration);

// On a laptop there is nowhere to send to, and without an address the exporter stops the start.
if (Settings.HasTelemetry(builder.Configuration))
{
    builder
        .Services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
        .WithTracing(traces => traces.AddSource(Telemetry.Name))
        .UseFunctionsWorkerDefaults()
        .UseAzureMonitorExporter(monitor =>
        {
            monitor.Credential = Settings.Identity(builder.Configuration);
            // Alerts wait for log lines: they must not vanish with the traces that are sampled away.
            monitor.EnableTraceBasedLogsSampler = false;
        });
}
using var app = builder.Build();
await app.Services.PrepareAsync(CancellationToken.None);
await app.RunAsync();
