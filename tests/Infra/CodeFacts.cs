using System.Diagnostics.Metrics;
using Dunning.Monitoring;
using Dunning.Payments.Providers;
using Dunning.Tests.Conventions;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Infra;

/// <summary>What the code reads, provides and writes, as far as the infrastructure names it.</summary>
/// <param name="Routes">Such as <c>GET /api/health</c>.</param>
/// <param name="LogLines">Templates, with their placeholders.</param>
/// <param name="ProviderNeeds">By payment provider, the names of its required settings.</param>
internal sealed record CodeFacts(
    IReadOnlyList<string> Settings,
    IReadOnlyList<string> Queues,
    IReadOnlyList<string> Tables,
    IReadOnlyList<string> Containers,
    IReadOnlyList<string> Functions,
    IReadOnlyList<string> Routes,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> LogLines,
    IReadOnlyDictionary<string, IReadOnlyList<string>> ProviderNeeds
)
{
    public static CodeFacts Read() =>
        new(
            SettingReads.All,
            Dunning.Queues.All,
            Dunning.Tables.All,
            Dunning.Containers.All,
            [.. FunctionMethods.All.Select(function => function.Name)],
            [.. FunctionMethods.All.SelectMany(RoutesOf)],
            RecordedMetrics(),
            [.. Sources.Functions.SelectMany(file => Conventions.LogLines.In(file.Text))],
            PaymentProviders.Names.ToDictionary(name => name, NeedsOf)
        );

    private static IEnumerable<string> RoutesOf(FunctionMethod function) =>
        from method in function.Http?.Methods ?? []
        select $"{method.ToUpperInvariant()} /api/{function.Http!.Route}";

    private static List<string> RecordedMetrics()
    {
        var found = new List<string>();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var listener = new MeterListener();
        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, _) =>
        {
            // Other tests of the same run have meters of the same name.
            if (instrument.Meter.Scope == meters)
                found.Add(instrument.Name);
        };
        listener.Start();
        _ = new Telemetry(meters, TimeProvider.System);
        return found;
    }

    private static IReadOnlyList<string> NeedsOf(string name)
    {
        var provider = PaymentProviders.Find(name)!;
        (bool Needed, string What)[] needs =
        [
            (provider.NeedsSecrets, "secret"),
            (provider.NeedsApiToken, "token"),
            (provider.NeedsWebhookId, "webhook-id"),
            (provider.NeedsUrl, "url"),
        ];
        return [.. needs.Where(need => need.Needed).Select(need => $"{name}-{need.What}")];
    }
}
