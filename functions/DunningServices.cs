using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DnsClient;
using Dunning.Calls;
using Dunning.Configuration;
using Dunning.Customers;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Actions;
using Dunning.Dashboard.InvoicePages;
using Dunning.Dashboard.Layout;
using Dunning.Dashboard.OverviewPages;
using Dunning.Dashboard.SettingsPages;
using Dunning.Documents;
using Dunning.Evidence;
using Dunning.Evidence.Cases;
using Dunning.Explanations;
using Dunning.Export;
using Dunning.FollowUps;
using Dunning.Forecast;
using Dunning.Html;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Invoices.Files;
using Dunning.Jobs;
using Dunning.Monitoring;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Escalation;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Notices.Sms;
using Dunning.Notices.Wordings;
using Dunning.Payments.BankFiles;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Policies.Calendars;
using Dunning.PolicyVersions;
using Dunning.Portal;
using Dunning.Portal.Answers;
using Dunning.PortalLinks;
using Dunning.PostalLetters;
using Dunning.Privacy;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Replies;
using Dunning.Replies.Mail;
using Dunning.Reports;
using Dunning.Scheduling;
using Dunning.Simulation;
using Dunning.Statements;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Dunning;

/// <summary>
/// Registers all services in the order in which an invoice passes through them; the same on Azure and in
/// <c>local/</c>.
/// </summary>
internal static class DunningServices
{
    public static IServiceCollection AddDunning(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDunningOptions(configuration)
            .AddHttp()
            .AddReceivables()
            .AddPolicies()
            .AddDocuments()
            .AddInvoices()
            .AddCustomers()
            .AddScheduling()
            .AddPortalLinks()
            .AddNotices()
            .AddReplies()
            .AddForecast()
            .AddJobs()
            .AddSimulation()
            .AddInvoiceFiles()
            .AddExport()
            .AddReports()
            .AddPayments()
            .AddEvidence()
            .AddExplanations()
            .AddRecovery()
            .AddFollowUps()
            .AddCalls()
            .AddPostalLetters()
            .AddPrivacy()
            .AddMonitoring()
            .AddDashboard()
            .AddPortal();
    }

    /// <summary>
    /// Validates the settings, reads the rules and the number of shards, and creates the missing tables,
    /// queues and containers. To be called before the host runs.
    /// </summary>
    /// <exception cref="OptionsValidationException">
    /// Settings are missing or invalid; the message lists all of them.
    /// </exception>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.ValidateOptions();
        // Reads the files of policies and holidays now: a request that was the first to read them could fail.
        services.GetRequiredService<DunningRules>();
        foreach (var table in new[] { Tables.Lookup, Tables.Inbox, Tables.Failures, Tables.Jobs })
            await Table(services, table).CreateIfNotExistsAsync(cancellationToken);
        await services.GetRequiredService<Shards>().OpenAsync(Table(services, Tables.Book), cancellationToken);
        await services.GetRequiredService<PortalKey>().OpenAsync(Table(services, Tables.Book), cancellationToken);
        await services.GetRequiredService<PolicyUpdates>().ReadAsync(cancellationToken);
        await services.GetRequiredService<Queues>().CreateAsync(cancellationToken);
        foreach (var container in Containers.All)
            await Container(services, container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    private static IServiceCollection AddHttp(this IServiceCollection services) =>
        services
            .Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false)
            .AddSingleton(p => new Idempotency(Table(p, Tables.Lookup), p.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddReceivables(this IServiceCollection services) =>
        services
            .AddSingleton(p => StorageClients.Identity(p.GetRequiredService<StorageOptions>()))
            .AddSingleton(p => StorageClients.Tables(p.GetRequiredService<StorageOptions>()))
            .AddSingleton(p => StorageClients.Queues(p.GetRequiredService<StorageOptions>()))
            .AddSingleton(p => StorageClients.Blobs(p.GetRequiredService<StorageOptions>()))
            .AddSingleton<Queues>()
            .AddSingleton(_ => new Shards())
            .AddSingleton(p => new ReceivablesTable(
                Table(p, Tables.Book),
                p.GetRequiredService<Shards>(),
                p.GetRequiredService<Telemetry>().RecordTransaction,
                p.GetRequiredService<Telemetry>().RecordHeartbeat
            ))
            .AddSingleton(p => new Lookup(Table(p, Tables.Lookup)))
            .AddSingleton<InFlightReminders>()
            .AddSingleton<CustomerTransactions>()
            .AddSingleton<ChargePosting>();

    private static IServiceCollection AddPolicies(this IServiceCollection services) =>
        services
            .AddSingleton(p => new PolicyTable(Table(p, Tables.Book)))
            .AddSingleton(p => p.GetRequiredService<ReceivablesTable>().Feeds)
            .AddSingleton<PolicyUpdates>()
            .AddSingleton<PolicyPreviews>()
            .AddSingleton(p =>
            {
                var (creditor, sms) = (p.GetRequiredService<CreditorOptions>(), p.GetRequiredService<SmsOptions>());
                return new DunningRules(
                    new PolicyCatalog(TextOf(creditor.PoliciesFile)),
                    new Calendar(TextOf(creditor.CalendarFile), TextOf(creditor.HolidaysFile)),
                    DateTimeZoneProviders.Tzdb[creditor.TimeZone.Trim()],
                    creditor.AccountManager,
                    sms.IsEnabled
                )
                {
                    CountriesWithoutSms = SmsCountry
                        .All.Where(country => !country.IsOpenTo(sms))
                        .Select(country => country.Code)
                        .ToHashSet(),
                    Feeds = new PaymentFeedCatalog(
                        p.GetRequiredService<WebhookEndpoints>()
                            .All.Append(BankFileRunner.Endpoint)
                            .Select(endpoint => endpoint.Id)
                    ),
                    CreditorCountry = creditor.Address?.Country?.Trim().ToUpperInvariant(),
                    Languages = [.. Language.Shipped.Select(language => language.Tag)],
                };
            });

    private static IServiceCollection AddInvoices(this IServiceCollection services) =>
        services.AddSingleton<InvoiceIntake>().AddSingleton<RequestedChanges>().AddSingleton<CustomerMerge>();

    private static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<CustomerChanges>().AddSingleton<CustomerReader>();

    private static IServiceCollection AddScheduling(this IServiceCollection services) =>
        services.AddSingleton<ScanStart>();

    private static IServiceCollection AddDocuments(this IServiceCollection services) =>
        services
            .AddSingleton(p => new DocumentStore(Container(p, Containers.Documents)))
            .AddSingleton(p => new DocumentFetcher(
                SafeHttp.Create(SupportingDocument.MaxBytes, configured: []),
                p.GetRequiredService<CreditorOptions>()
            ));

    private static IServiceCollection AddPortalLinks(this IServiceCollection services) =>
        services
            .AddSingleton(_ => new PortalKey())
            .AddSingleton<PortalAddress>()
            .AddSingleton<CreatePortalLink>()
            .AddSingleton<DeletePortalLinks>();

    private static IServiceCollection AddNotices(this IServiceCollection services) =>
        services
            .AddSingleton<ChargeReader>()
            .AddSingleton<NoticeCheck>()
            .AddSingleton<NoticeDelivery>()
            .AddSingleton(p =>
            {
                var (email, sms) = (p.GetRequiredService<EmailOptions>(), p.GetRequiredService<SmsOptions>());
                return new SendRateLimiter(
                    Table(p, Tables.Book),
                    RateLimit.Of(email.PerMinute, email.PerHour),
                    RateLimit.Of(sms.PerMinute, sms.PerHour),
                    p.GetRequiredService<TimeProvider>()
                );
            })
            .AddSingleton(p => new MessageArchive(
                Container(p, Containers.SentMessages),
                p.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<MessageSender>()
            .AddSingleton<InvoiceMessages>()
            .AddSingleton<SendOutcomeRecorder>()
            .AddSingleton(p => new WordingTable(Table(p, Tables.Book)))
            .AddSingleton<WordedLanguages>()
            .AddSingleton<NoticeContentBuilder>()
            .AddSingleton<StatementReader>()
            .AddSingleton(p =>
                EmailGateways.Create(
                    p.GetRequiredService<EmailOptions>(),
                    p.GetRequiredService<TokenCredential>(),
                    p.GetRequiredService<TimeProvider>()
                )
            )
            .AddSingleton<EmailComposer>()
            .AddSingleton<ILookupClient>(_ => new LookupClient(
                new LookupClientOptions
                {
                    Timeout = TimeSpan.FromSeconds(2),
                    Retries = 1,
                    CacheFailedResults = true,
                }
            ))
            .AddSingleton<MailDomain>()
            .AddSingleton<MessageAttachments>()
            .AddSingleton(p => SmsGateway.Create(p.GetRequiredService<SmsOptions>()))
            .AddSingleton<TwilioWebhook>()
            .AddSingleton<EmailChannel>()
            .AddSingleton<SmsChannel>()
            .AddSingleton<EscalationChannel>();

    private static IServiceCollection AddReplies(this IServiceCollection services) =>
        services
            .AddSingleton<ReplyIntake>()
            .AddSingleton(p => new ReceivedMessages(Container(p, Containers.ReceivedMessages)))
            .AddSingleton<MailIntake>()
            .AddSingleton<MailMatch>()
            .AddSingleton<MailReplies>()
            .AddSingleton<ReplyFiles>()
            .AddSingleton<BounceReports>()
            .AddSingleton<OwnMailboxes>();

    private static IServiceCollection AddForecast(this IServiceCollection services) =>
        services.AddSingleton<ForecastSchedule>().AddSingleton<ForecastReader>().AddSingleton<ForecastTexts>();

    private static IServiceCollection AddJobs(this IServiceCollection services) =>
        services
            .AddSingleton(p => new JobTable(Table(p, Tables.Jobs)))
            .AddSingleton(p => new JobFiles(Container(p, Containers.Jobs)))
            .AddSingleton<JobStart>();

    private static IServiceCollection AddSimulation(this IServiceCollection services) =>
        services.AddSingleton<Simulator>().AddSingleton<IJobRunner, SimulationRunner>();

    private static IServiceCollection AddReports(this IServiceCollection services) =>
        services.AddSingleton<IJobRunner, ReportRunner>();

    private static IServiceCollection AddExport(this IServiceCollection services) =>
        services.AddSingleton<IJobRunner, ExportRunner>().AddSingleton<IJobRunner, ImportRunner>();

    private static IServiceCollection AddInvoiceFiles(this IServiceCollection services) =>
        services.AddSingleton<CausedMessages>().AddSingleton<IJobRunner, InvoiceFileRunner>();

    private static IServiceCollection AddPayments(this IServiceCollection services) =>
        services
            .AddSingleton(p => new WebhookEndpoints(p.GetRequiredService<WebhookOptions>().Webhooks))
            .AddSingleton(p => new Inbox(Table(p, Tables.Inbox)))
            .AddSingleton<WebhookIntake>()
            .AddSingleton<WebhookVerification>()
            .AddSingleton<EventDetails>()
            .AddSingleton(p => new PaymentApi(SafeHttp.Create(PaymentApi.MaxBytes, ConfiguredApiAddresses(p))))
            .AddSingleton(p => new PayPalCertificates(
                SafeHttp.Create(PayPalCertificates.MaxBytes, ConfiguredApiAddresses(p)),
                p.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<PaymentMatch>()
            .AddSingleton<PaymentPosting>()
            .AddSingleton<Corrections>()
            .AddSingleton<PostedParts>()
            .AddSingleton<DecidedPayments>()
            .AddSingleton<UnmatchedPayments>()
            .AddSingleton<UnmatchedPaymentReader>()
            .AddSingleton<PendingPaymentMarks>()
            .AddSingleton<BankMatching>()
            .AddSingleton<IJobRunner, BankFileRunner>();

    private static IServiceCollection AddEvidence(this IServiceCollection services) =>
        services
            .AddSingleton<IManifestSigner>(p =>
                p.GetRequiredService<CreditorOptions>().Evidence switch
                {
                    { Key: { Length: > 0 } key } => new KeyVaultSigner(
                        new HttpClient { Timeout = KeyVaultSigner.Timeout },
                        p.GetRequiredService<TokenCredential>(),
                        new Uri(key)
                    ),
                    { KeyFile: { Length: > 0 } file } => new LocalKeySigner(file),
                    _ => new NoKeySigner(),
                }
            )
            .AddSingleton<EvidenceReader>()
            .AddSingleton<SummaryRenderer>()
            .AddSingleton(p => new EvidencePacks(
                p.GetRequiredService<EvidenceReader>(),
                p.GetRequiredService<SummaryRenderer>(),
                p.GetRequiredService<IManifestSigner>(),
                p.GetRequiredService<CreditorOptions>(),
                p.GetRequiredService<DunningRules>()
            ));

    private static IServiceCollection AddExplanations(this IServiceCollection services) =>
        services.AddSingleton<DayDecisionReader>();

    private static IServiceCollection AddRecovery(this IServiceCollection services) =>
        services.AddSingleton(p => new Failures(
            Table(p, Tables.Failures),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<Telemetry>()
        ));

    private static IServiceCollection AddFollowUps(this IServiceCollection services) =>
        services.AddSingleton<OtherFollowUps>().AddSingleton<FollowUpList>().AddSingleton<FollowUpResolution>();

    private static IServiceCollection AddCalls(this IServiceCollection services) =>
        services.AddSingleton<CallList>().AddSingleton<CallResults>();

    private static IServiceCollection AddPostalLetters(this IServiceCollection services) =>
        services
            .AddSingleton<LetterList>()
            .AddSingleton<LetterPrinting>()
            .AddSingleton<RecordDelivery>()
            .AddSingleton<LetterPosting>()
            .AddSingleton<LetterEnclosures>();

    private static IServiceCollection AddPrivacy(this IServiceCollection services) =>
        services
            .AddSingleton<InvoiceErasure>()
            .AddSingleton<InvoiceRemoval>()
            .AddSingleton<MessageErasure>()
            .AddSingleton<RelatedData>()
            .AddSingleton<CustomerErasure>();

    /// <remarks>
    /// ASP.NET Core and HttpClient log URLs. Webhook URLs contain endpoint keys, other URLs contain search terms such
    /// as invoice numbers. ASP.NET Core also adds the request's URL to every line that is logged during the request.
    /// </remarks>
    private static IServiceCollection AddMonitoring(this IServiceCollection services) =>
        services
            .AddMetrics()
            .AddSingleton<Telemetry>()
            .AddSingleton<HealthCheck>()
            .AddLogging(log =>
                log.AddFilter("Microsoft", LogLevel.Warning)
                    .AddFilter("System", LogLevel.Warning)
                    .AddFilter("Azure", LogLevel.Warning)
                    // It warns that its keys are not encrypted by the app: the storage account encrypts them.
                    .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
                    .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            );

    private static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // All instances share one ring of keys, under one name, whatever the folder that they run in.
        services.AddDataProtection().SetApplicationName("dunning");
        return services
            .AddSingleton<IConfigureOptions<KeyManagementOptions>>(p => new ConfigureOptions<KeyManagementOptions>(
                keys => keys.XmlRepository = new KeyRingTable(Table(p, Tables.Book))
            ))
            .AddSingleton(p => new DashboardKeys(Table(p, Tables.Book), p.GetRequiredService<TimeProvider>()))
            .AddSingleton<SessionCookie>()
            .AddSingleton<SignInAttempts>()
            .AddSingleton(_ => new PageLanguages(Language.Shipped))
            .AddSingleton<DashboardRequests>()
            .AddSingleton<OpenAccounts>()
            .AddSingleton<Forecasts>()
            .AddSingleton<InvoiceRows>()
            .AddSingleton(p => new SummaryStore(Table(p, Tables.Book)))
            .AddSingleton<SummarizeReceivables>()
            .AddSingleton<SettingsLines>()
            .AddDashboardActions();
    }

    private static IServiceCollection AddPortal(this IServiceCollection services) =>
        services
            .AddSingleton<PortalLanguages>()
            .AddSingleton<PortalRequests>()
            .AddSingleton<AnswerChanges>()
            .AddSingleton<OneClickUnsubscribe>();

    /// <summary>The functions of the API that the pages call in this process.</summary>
    private static IServiceCollection AddDashboardActions(this IServiceCollection services) =>
        services
            .AddSingleton<RecordPayment>()
            .AddSingleton<WriteOffInvoice>()
            .AddSingleton<DeleteEntry>()
            .AddSingleton<GetEvidence>()
            .AddSingleton<GetCustomerEvidence>()
            .AddSingleton<ResolveUnmatchedPayment>()
            .AddSingleton<ResolveInDoubtNotice>()
            .AddSingleton<ResolveFailure>()
            .AddSingleton<StopSending>()
            .AddSingleton<StartSending>()
            .AddSingleton<ConfirmFeed>()
            .AddSingleton<SendTestReminder>()
            .AddSingleton<CompleteFollowUp>()
            .AddSingleton<SendNextReminder>()
            .AddSingleton<SendStatement>()
            .AddSingleton<MergeCustomers>()
            .AddSingleton<LedgerActions>()
            .AddSingleton<ChangePolicy>()
            .AddSingleton<MoveInvoices>()
            .AddSingleton<AnswerReply>()
            .AddSingleton<AssignReply>()
            .AddSingleton<ReplyActions>()
            .AddSingleton<RecordCall>()
            .AddSingleton<PrintLetters>()
            .AddSingleton<SimulateBook>()
            .AddSingleton<ImportInvoiceFile>()
            .AddSingleton<ImportBankFile>()
            .AddSingleton<CancelJob>()
            .AddSingleton<GetJobResult>()
            .AddSingleton<CreateReport>()
            .AddSingleton<GetReport>()
            .AddSingleton<MarkLettersPosted>()
            .AddSingleton<DropLetter>()
            .AddSingleton<RecordReturnedLetter>()
            .AddSingleton<CallActions>()
            .AddSingleton<InvoiceActions>()
            .AddSingleton<CustomerActions>()
            .AddSingleton<SettingsActions>()
            .AddSingleton<ToDoActions>()
            .AddSingleton<PageActions>()
            .AddSingleton<BulkChanges>();

    /// <summary>
    /// The API addresses that the settings of the webhook endpoints name, such as a stand-in in <c>local/</c>.
    /// </summary>
    private static IEnumerable<Uri> ConfiguredApiAddresses(IServiceProvider services) =>
        services
            .GetRequiredService<WebhookEndpoints>()
            .All.Select(e => e.ApiBaseAddress)
            .OfType<string>()
            .Select(address => new Uri(address));

    private static string? TextOf(string? file) => file is null ? null : File.ReadAllText(file);

    private static BlobContainerClient Container(IServiceProvider services, string name) =>
        services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(name);

    private static TableClient Table(IServiceProvider services, string name) =>
        services.GetRequiredService<TableServiceClient>().GetTableClient(name);
}
