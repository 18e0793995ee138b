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

/// <summary>Turns app settings into clients, once <see cref="SettingChecks"/> has found them right.</summary>
internal static class Settings
{
    private static readonly TimeSpan _smtpTimeout = TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static string Required(IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is missing; docs/settings.md "
                    + "says what it is for."
            );

    public static CreditorOptions Creditor(IConfiguration settings) =>
        settings.GetSection("Dunning").Get<CreditorOptions>()!;

    /// <summary>
    /// How old the last scan may be before health says that reminders stand still: longer than two intervals of either
    /// scan.
    /// </summary>
    public static TimeSpan ScanWindow(IConfiguration settings) =>
        XmlConvert.ToTimeSpan(settings["ScanWindow"] ?? "PT45M");

    /// <summary>The text of an optional file.</summary>
    public static string? File(string? path) => path is null ? null : System.IO.File.ReadAllText(path);

    public static TableServiceClient Tables(IConfiguration settings) =>
        settings["AzureWebJobsStorage"] is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(Endpoint(settings, "table"), Identity(settings));

    public static QueueServiceClient QueueService(IConfiguration settings)
    {
        // host.json says the same: the two must agree.
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
                $"The setting Email__Provider '{other}' is neither acs nor smtp."
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
            Quotas(settings.GetValue<int?>("Email:PerMinute"), settings.GetValue<int?>("Email:PerHour")),
            Quotas(settings.GetValue<int?>("Sms:PerMinute"), settings.GetValue<int?>("Sms:PerHour")),
            clock
        );

    public static RetentionOptions Retention(IConfiguration settings)
    {
        var retention = settings.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions();
        return retention.Flaw is { } flaw
            ? throw new InvalidOperationException($"The settings do not go together: {flaw}")
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

    private static IReadOnlyList<RateLimit> Quotas(int? perMinute, int? perHour) =>
        [
            .. perMinute is { } inAMinute
                ? [new RateLimit(inAMinute, TimeSpan.FromMinutes(1))]
                : Array.Empty<RateLimit>(),
            .. perHour is { } inAnHour ? [new RateLimit(inAnHour, TimeSpan.FromHours(1))] : Array.Empty<RateLimit>(),
        ];

    private static EmailClient AcsClient(IConfiguration settings)
    {
        // Every try counts against the quota, and a retry inside the client would hide a doubt: the queue decides about
        // tries.
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

    /// <summary>Setting <c>Email__Tls</c>. Until version 1.0.0 it was a flag: <c>true</c> for STARTTLS.</summary>
    /// <returns>Null for a text that is none of its values.</returns>
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

    /// <summary>Azure Monitor's address, which azd sets.</summary>
    public static bool HasTelemetry(IConfiguration settings) =>
        settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 };

    public static DefaultAzureCredential Identity(IConfiguration settings) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings["AzureWebJobsStorage:clientId"] });
}
