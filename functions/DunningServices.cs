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
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Dunning;

/// <summary>
/// Registers all services in the order in which an invoice passes through them; the same on Azure and in
/// <c>local/</c>.
/// </summary>
internal static class DunningServices
{
    /// <exception cref="InvalidOperationException">
    /// Settings are missing or invalid; the message lists all of them.
    /// </exception>
    public static IServiceCollection AddDunning(this IServiceCollection services, IConfiguration settings)
    {
        SettingChecks.Ensure(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().AddSingleton<Telemetry>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // ASP.NET Core and HttpClient log URLs. Webhook URLs contain endpoint keys, other URLs contain search terms
        // such as invoice numbers.
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
        services.AddSingleton<CustomerTransactions>();
        services.AddSingleton<InvoiceIntake>().AddSingleton<CustomerMerge>();
        services.AddSingleton<ScanStart>();
        AddNotices(services, settings);
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
        services.AddSingleton(p => new PaymentApi(SafeHttp.Create(PaymentApi.MaxBytes, ConfiguredApiAddresses(p))));
        services.AddSingleton(p => new PayPalCertificates(
            SafeHttp.Create(PayPalCertificates.MaxBytes, ConfiguredApiAddresses(p)),
            p.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(Settings.Retention(settings));
        services
            .AddSingleton<InvoiceErasure>()
            .AddSingleton<InvoiceRemoval>()
            .AddSingleton<RelatedData>()
            .AddSingleton<CustomerErasure>();
        // Webhook URLs contain endpoint keys, and ASP.NET Core adds the request's URL to every line that is logged
        // during the request.
        services.Configure<LoggerFilterOptions>(log =>
            log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        );
        return services;
    }

    /// <summary>Creates the missing tables and queues.</summary>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { Tables.Lookup, Tables.Inbox, Tables.Failures })
            await services
                .GetRequiredService<TableServiceClient>()
                .GetTableClient(table)
                .CreateIfNotExistsAsync(cancellationToken);
        // Resolving it creates the table dunning and reads the number of shards.
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

    /// <summary>
    /// The API addresses that the settings of the webhook endpoints name, such as a stand-in in <c>local/</c>.
    /// </summary>
    private static IEnumerable<Uri> ConfiguredApiAddresses(IServiceProvider services) =>
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
            SmsEnabled: settings["Sms:AccountSid"] is { Length: > 0 }
        );

    private static void AddNotices(IServiceCollection services, IConfiguration settings)
    {
        var from = Settings.Required(settings, "Email:From");
        services.AddSingleton(p => Settings.EmailGateway(settings, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new EmailComposer(
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
            .AddSingleton<EmailChannel>()
            .AddSingleton<SmsChannel>()
            .AddSingleton<EscalationChannel>();
    }

    private static TableClient Table(IServiceProvider services, string name) =>
        services.GetRequiredService<TableServiceClient>().GetTableClient(name);
}
