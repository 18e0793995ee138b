using System.Globalization;
using System.Security.Cryptography;
using Dunning.Configuration;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.OverviewPages;
using Dunning.Local.Demo;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Dunning.Local;

/// <summary>Runs the product on this machine until Ctrl-C, by default with sample invoices.</summary>
public static class LocalRun
{
    public static async Task<int> RunAsync(Options options)
    {
        await using var azurite = options.Storage is null ? await Azurite.StartAsync(options.Data) : null;
        var clock = Clock(options);
        azurite?.Follow(clock);
        var keys = options.Keys ? new FunctionKeys(NewKey(), NewKey()) : null;
        await using var host = await StartAsync(
            options,
            azurite?.ConnectionString ?? options.Storage!,
            clock,
            keys,
            background: !options.ByHand
        );
        Console.WriteLine(
            $"""

            Dunning runs at {host.BaseAddress}
              outbox   {host.BaseAddress}outbox      every email and SMS as the recipient would see it
              pages    {host.BaseAddress}api/dashboard   sign in with {await DashboardKeyAsync(host)}
              API      {host.BaseAddress}api/invoices
              clock    {host.BaseAddress}local/clock   {Format(
                clock.GetUtcNow()
            )} (move it by POST: see docs/architecture.md)
            """
        );
        if (keys is not null)
            Console.WriteLine($"  keys     function {keys.Function}   master {keys.Master}");
        if (options.Demo)
            await PostSampleInvoicesAsync(host, keys);
        Console.WriteLine("Press Ctrl-C to stop.");
        await host.WaitForShutdownAsync();
        return 0;
    }

    /// <param name="background">False: timers and queues run on request only.</param>
    /// <param name="logging">Null for the console.</param>
    public static async Task<LocalHost> StartAsync(
        Options options,
        string storage,
        MovableClock clock,
        FunctionKeys? keys,
        bool background,
        Action<ILoggingBuilder>? logging = null
    )
    {
        var host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Functions = typeof(DunningServices).Assembly.GetExportedTypes(),
                Services = (services, settings) => services.AddDunning(settings),
                Settings = address => LocalSettings.Build(address, storage, options.Settings, options.Data),
                Port = options.Port,
                Keys = keys,
                Clock = clock,
                Background = background,
                Logging = logging ?? ConsoleLog.Configure,
                ReportAutomatically = background,
                OutboxFile = options.Data is null ? null : Path.Combine(options.Data, "outbox.jsonl"),
                Prepare = services => services.PrepareAsync(CancellationToken.None),
            }
        );
        return host;
    }

    /// <summary>A key for the person at this machine; the one of an earlier run is revoked.</summary>
    private static async Task<string> DashboardKeyAsync(LocalHost host)
    {
        const string Name = "You";
        var keys = host.Services.GetRequiredService<DashboardKeys>();
        foreach (var earlier in await keys.ListAsync(CancellationToken.None))
        {
            if (earlier is { Name: Name, RevokedAt: null })
                await keys.RevokeAsync(earlier.Id, CancellationToken.None);
        }
        return (await keys.CreateAsync(Name, DashboardRole.Owner, CancellationToken.None)).Secret;
    }

    private static async Task PostSampleInvoicesAsync(LocalHost host, FunctionKeys? keys)
    {
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        if (keys is not null)
            http.DefaultRequestHeaders.Add("x-functions-key", keys.Function);
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var invoices = await SampleBook.PostAsync(http, today, CancellationToken.None);
        // Do not wait up to 15 minutes for the schedules.
        await host.RunTimerAsync(nameof(FindUpcomingInvoices));
        await host.RunTimerAsync(nameof(FindOverdueInvoices));
        await host.RunTimerAsync(nameof(SummarizeReceivables));
        Console.WriteLine(
            $"Posted {invoices.Count} sample invoices of "
                + $"{invoices.Values.Select(id => id.Split('-')[0]).Distinct().Count()} customers; the first "
                + "notices will appear in the outbox."
        );
    }

    /// <summary>
    /// The real time; outside business hours the next business morning, because nothing would be sent before it.
    /// </summary>
    private static MovableClock Clock(Options options)
    {
        if (options.Now is { } now)
            return new MovableClock(now);
        var clock = new MovableClock();
        if (!options.Demo)
            return clock;
        var settings = LocalSettings.Build(new Uri("http://127.0.0.1/"), "");
        var creditor = settings.GetSection("Dunning").Get<CreditorOptions>() ?? new CreditorOptions();
        var rules = new DunningRules(
            new PolicyCatalog(),
            new Policies.Calendars.Calendar(),
            DateTimeZoneProviders.Tzdb[creditor.TimeZone]
        );
        var customer = new Customer
        {
            Id = new(""),
            Name = "",
            Country = "GB",
            TimeZone = creditor.TimeZone,
        };
        var opens = SendWindow.From(new DunningContext(customer, rules, clock.GetUtcNow()), Channel.Sms);
        if (opens <= clock.GetUtcNow())
            return clock;
        Console.WriteLine(
            $"It is outside business hours in {creditor.TimeZone}, so the local clock starts at the next business "
                + $"morning: {Format(opens)}."
        );
        return new MovableClock(opens);
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
