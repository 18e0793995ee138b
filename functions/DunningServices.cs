using Azure.Data.Tables;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Monitoring;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Escalation;
using Dunning.Notices.Letters;
using Dunning.Notices.Sms;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Policies.Calendars;
using Dunning.Privacy;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Dunning;

/// <summary>
/// What the container holds, in the order in which an invoice meets it; the same on Azure and on a laptop.
/// </summary>
internal static class DunningServices
{
    /// <exception cref="InvalidOperationException">
    /// Settings are missing or wrong; the message names all of them.
    /// </exception>
    public static IServiceCollection AddDunning(this IServiceCollection services, IConfiguration settings)
    {
        SettingChecks.Ensure(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().AddSingleton<Telemetry>();
        // ASP.NET Core and HttpClient log addresses: those of webhooks hold endpoint keys, others what somebody
        // searched for.
        services.AddLogging(log =>
            log.AddFilter("Microsoft", LogLevel.Warning)
                .AddFilter("System", LogLevel.Warning)
                .AddFilter("Azure", LogLevel.Warning)
        );
        var creditor = Settings.Creditor(settings);
        services.AddSingleton(creditor);
        AddStorage(services, settings);
        services.AddSingleton(Rules(creditor, settings));
        services.AddSingleton<InFlightReminders>();
        services.AddSingleton<InvoiceIntake>();
        services.AddSingleton<ScanStart>();
        AddNotify(services, settings);
        services.AddSingleton(new WebhookEndpoints(settings.GetSection("Webhooks").Get<List<WebhookEndpoint>>() ?? []));
        services
            .AddSingleton<PaymentMatch>()
            .AddSingleton<PaymentPosting>()
            .AddSingleton<PendingPaymentMarks>()
            .AddSingleton<WebhookIntake>();
        services.AddSingleton<WebhookVerification>().AddSingleton<EventDetails>();
        services.AddSingleton(p => new HealthCheck(
            p.GetRequiredService<ReceivablesTable>(),
            p.GetRequiredService<Failures>(),
            p.GetRequiredService<Queues>(),
            Settings.ScanWindow(settings),
            p.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(p => new PaymentApi(SafeHttp.Create(PaymentApi.MaxBytes, StandIns(p))));
        services.AddSingleton(p => new PayPalCertificates(
            SafeHttp.Create(PayPalCertificates.MaxBytes, StandIns(p)),
            p.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(Settings.Retention(settings));
        services
            .AddSingleton<InvoiceErasure>()
            .AddSingleton<InvoiceRemoval>()
            .AddSingleton<RelatedData>()
            .AddSingleton<CustomerErasure>();
        // The addresses of webhooks hold endpoint keys, and ASP.NET Core puts the address of a request on every line
        // that is logged during it.
        services.Configure<LoggerFilterOptions>(log =>
            log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        );
        return services;
    }

    /// <summary>Creates the tables and queues that are not there yet.</summary>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { Tables.Lookup, Tables.Inbox, Tables.Failures })
            await services
                .GetRequiredService<TableServiceClient>()
                .GetTableClient(table)
                .CreateIfNotExistsAsync(cancellationToken);
        services.GetRequiredService<Shards>();
        await services.GetRequiredService<Queues>().CreateAsync(cancellationToken);
    }

    private static void AddStorage(IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(Settings.Tables(settings));
        services.AddSingleton(Settings.QueueService(settings));
        services.AddSingleton<Queues>();
        // The container has no asynchronous factories; this runs once, at the start.
        services.AddSingleton(p =>
            Shards.OpenAsync(Table(p, Tables.Book), CancellationToken.None).GetAwaiter().GetResult()
        );
        services.AddSingleton(p => new ReceivablesTable(
            Table(p, Tables.Book),
            p.GetRequiredService<Shards>(),
            p.GetRequiredService<Telemetry>().RecordTransaction,
            p.GetRequiredService<Telemetry>().RecordHeartbeat
        ));
        services.AddSingleton(p => new Lookup(Table(p, Tables.Lookup)));
        services.AddSingleton(p => new Inbox(Table(p, Tables.Inbox)));
        services.AddSingleton(p => new Idempotency(Table(p, Tables.Lookup), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new Failures(
            Table(p, Tables.Failures),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<Telemetry>()
        ));
    }

    private static IEnumerable<Uri> StandIns(IServiceProvider services) =>
        services
            .GetRequiredService<WebhookEndpoints>()
            .All.Select(e => e.ApiBaseAddress)
            .OfType<string>()
            .Select(address => new Uri(address));

    private static DunningRules Rules(CreditorOptions creditor, IConfiguration settings) =>
        new(
            new PolicyCatalog(Settings.File(creditor.PoliciesFile)),
            new Calendar(Settings.File(creditor.CalendarFile)),
            DateTimeZoneProviders.Tzdb[creditor.TimeZone],
            creditor.AccountManager,
            CanText: settings["Sms:AccountSid"] is { Length: > 0 }
        );

    private static void AddNotify(IServiceCollection services, IConfiguration settings)
    {
        var from = Settings.Required(settings, "Email:From");
        services.AddSingleton(p => Settings.EmailGateway(settings, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new EmailComposer(
            p.GetRequiredService<IEmailGateway>(),
            p.GetRequiredService<Lookup>(),
            p.GetRequiredService<CreditorOptions>(),
            from
        ));
        services.AddSingleton(_ => Settings.SmsGateway(settings));
        services.AddSingleton(p =>
            Settings.RateLimiter(settings, Table(p, Tables.Book), p.GetRequiredService<TimeProvider>())
        );
        services.AddSingleton(Settings.TwilioWebhook(settings));
        services
            .AddSingleton<NoticeDelivery>()
            .AddSingleton<SendOutcomeRecorder>()
            .AddSingleton<Replies>()
            .AddSingleton<NoticeContentBuilder>()
            .AddSingleton<EscalationLetters>();
    }

    private static TableClient Table(IServiceProvider services, string name) =>
        services.GetRequiredService<TableServiceClient>().GetTableClient(name);
}
