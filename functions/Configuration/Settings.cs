using System.Xml;
using Azure.Communication.Email;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Dunning.Notices.Delivery;
using Dunning.Notices.Email;
using Dunning.Notices.Sms;
using Microsoft.Extensions.Configuration;
using Twilio.Clients;
using Twilio.Http;

namespace Dunning.Configuration;

/// <summary>
/// Creates options and clients from the app settings, after <see cref="SettingChecks"/> has accepted them.
/// </summary>
internal static class Settings
{
    private static readonly TimeSpan _smtpTimeout = TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static string Required(IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is missing: set it as described in "
                    + "docs/settings.md."
            );

    public static CreditorOptions Creditor(IConfiguration settings) =>
        settings.GetSection("Dunning").Get<CreditorOptions>()!;

    /// <summary>
    /// The age of the last scan from which the health check reports that reminders have stopped. Must be longer than
    /// two intervals of either scan.
    /// </summary>
    public static TimeSpan ScanWindow(IConfiguration settings) =>
        XmlConvert.ToTimeSpan(settings["ScanWindow"] ?? "PT45M");

    /// <summary>The text of a file; null without a path.</summary>
    public static string? File(string? path) => path is null ? null : System.IO.File.ReadAllText(path);

    public static TableServiceClient Tables(IConfiguration settings) =>
        settings["AzureWebJobsStorage"] is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(Endpoint(settings, "table"), Identity(settings));

    public static QueueServiceClient QueueService(IConfiguration settings)
    {
        // Must be the same encoding as in host.json.
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        return settings["AzureWebJobsStorage"] is { Length: > 0 } connection
            ? new QueueServiceClient(connection, options)
            : new QueueServiceClient(Endpoint(settings, "queue"), Identity(settings), options);
    }

    public static IEmailGateway EmailGateway(IConfiguration settings, TimeProvider clock) =>
        Required(settings, "Email:Provider") switch
        {
            "acs" => new AcsEmailGateway(AcsClient(settings), Required(settings, "Email:From"), clock),
            "smtp" => new SmtpEmailGateway(Smtp(settings), clock),
            var other => throw new InvalidOperationException(
                $"The setting Email__Provider is '{other}': set it to acs or smtp."
            ),
        };

    public static SmsGateway SmsGateway(IConfiguration settings)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        var http = settings["Sms:BaseAddress"] is { Length: > 0 } address
            ? new System.Net.Http.HttpClient(new BaseAddressHandler(new Uri(address), handler))
            : new System.Net.Http.HttpClient(handler);
        var client = new TwilioRestClient(
            Required(settings, "Sms:ApiKey"),
            Required(settings, "Sms:ApiSecret"),
            Required(settings, "Sms:AccountSid"),
            httpClient: new SystemNetHttpClient(http)
        );
        return new SmsGateway(client, Required(settings, "Sms:From"));
    }

    public static SendRateLimiter RateLimiter(IConfiguration settings, TableClient table, TimeProvider clock) =>
        new(
            table,
            RateLimits(settings.GetValue<int?>("Email:PerMinute"), settings.GetValue<int?>("Email:PerHour")),
            RateLimits(settings.GetValue<int?>("Sms:PerMinute"), settings.GetValue<int?>("Sms:PerHour")),
            clock
        );

    public static RetentionOptions Retention(IConfiguration settings)
    {
        var retention = settings.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions();
        return retention.Error is { } error
            ? throw new InvalidOperationException($"The retention settings are invalid. {error}")
            : retention;
    }

    public static TwilioWebhook TwilioWebhook(IConfiguration settings)
    {
        string?[] tokens = [settings["Sms:AuthToken"], settings["Sms:AuthTokenNext"]];
        var address = settings["Sms:WebhookAddress"];
        return new TwilioWebhook(
            address is { Length: > 0 } ? new Uri(address) : null,
            [.. tokens.OfType<string>().Where(token => token.Length > 0)]
        );
    }

    private static IReadOnlyList<RateLimit> RateLimits(int? perMinute, int? perHour) =>
        [
            .. perMinute is { } minuteLimit
                ? [new RateLimit(minuteLimit, TimeSpan.FromMinutes(1))]
                : Array.Empty<RateLimit>(),
            .. perHour is { } hourLimit ? [new RateLimit(hourLimit, TimeSpan.FromHours(1))] : Array.Empty<RateLimit>(),
        ];

    private static EmailClient AcsClient(IConfiguration settings)
    {
        // No retries inside the client: every attempt counts against the quota, and the client would hide that an
        // earlier attempt may have been accepted. The queue retries.
        var options = new EmailClientOptions { Retry = { MaxRetries = 0 } };
        return settings["Email:ConnectionString"] is { Length: > 0 } connection
            ? new EmailClient(connection, options)
            : new EmailClient(new Uri(Required(settings, "Email:Endpoint")), Identity(settings), options);
    }

    private static SmtpOptions Smtp(IConfiguration settings) =>
        new(
            Required(settings, "Email:Host"),
            settings.GetValue("Email:Port", 587),
            ReadTls(settings["Email:Tls"])!.Value,
            settings["Email:User"],
            settings["Email:Password"],
            _smtpTimeout
        );

    /// <summary>
    /// Parses the setting <c>Email__Tls</c>. Before version 1.0.0 it was a flag: <c>true</c> for STARTTLS.
    /// </summary>
    /// <returns>Null for an unknown value.</returns>
    public static SmtpTls? ReadTls(string? text) =>
        text?.ToUpperInvariant() switch
        {
            null or "" or "STARTTLS" or "TRUE" => SmtpTls.StartTls,
            "IMPLICIT" => SmtpTls.Implicit,
            "NONE" or "FALSE" => SmtpTls.None,
            _ => null,
        };

    private static Uri Endpoint(IConfiguration settings, string service) =>
        new($"https://{Required(settings, "AzureWebJobsStorage:accountName")}.{service}.core.windows.net");

    /// <summary>True when Application Insights is configured, as azd does.</summary>
    public static bool HasTelemetry(IConfiguration settings) =>
        settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 };

    public static DefaultAzureCredential Identity(IConfiguration settings) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings["AzureWebJobsStorage:clientId"] });
}
