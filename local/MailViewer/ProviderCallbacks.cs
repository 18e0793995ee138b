using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues;
using Dunning.Notices.Sms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dunning.Local.MailViewer;

/// <summary>
/// What the providers say after they have taken a message: Twilio's signed callbacks, and the events that Event Grid
/// puts into the queue for Azure Communication Services. A number that ends with one of Twilio's error codes
/// (+447700930005) and an address such as bounce@… are never reached.
/// </summary>
public sealed class ProviderCallbacks(SentMessages sent, IConfiguration settings, ILogger<ProviderCallbacks> log)
    : IDisposable
{
    private static readonly string[] _codes = ["30003", "30004", "30005", "30006", "30007", "30008"];

    private readonly HttpClient _http = new();

    /// <summary>From now on every message is reported on as soon as it was taken.</summary>
    public void ReportAll() =>
        sent.Stored += item =>
            _ = Task.Run(async () =>
            {
                try
                {
                    await ReportAsync(item, FateOf(item));
                }
                catch (Exception failure)
                    when (failure
                            is HttpRequestException
                                or Azure.RequestFailedException
                                or AggregateException
                                or OperationCanceledException
                    )
                {
                    log.LogInformation("No report on {Id}: {Reason}", item.Id, failure.Message);
                }
            });

    /// <param name="status">
    /// For a text <c>sent</c>, <c>delivered</c> or an error code; for a mail what the service calls its statuses.
    /// </param>
    /// <param name="recipient">One address of a mail; the first it went to when null.</param>
    public Task ReportAsync(SentItem item, string status, string? recipient = null) =>
        item switch
        {
            SentSms { StatusCallback: { } address } sms => PostAsync(address, FormOf(sms, status)),
            SentEmail mail => EnqueueAsync(EventOf(mail, status, recipient ?? mail.To[0])),
            _ => Task.CompletedTask,
        };

    /// <summary>The reader of a text writes back.</summary>
    /// <returns>What they get as an answer: TwiML.</returns>
    public Task<string> AnswerAsync(SentSms sms, string text, string? messageSid = null) =>
        PostAsync(
            new Uri(new Uri(settings["Sms:WebhookAddress"]!), TwilioWebhook.Messages),
            new()
            {
                ["MessageSid"] = messageSid ?? $"SM{Guid.NewGuid():N}",
                ["AccountSid"] = sms.Account,
                ["From"] = sms.To,
                ["To"] = sms.From,
                ["Body"] = text,
                ["NumMedia"] = "0",
            }
        );

    public void Dispose() => _http.Dispose();

    private static string FateOf(SentItem item) =>
        item switch
        {
            SentSms sms => _codes.FirstOrDefault(code => sms.To.EndsWith(code, StringComparison.Ordinal))
                ?? "delivered",
            SentEmail mail when AddressOf(mail.To[0]).StartsWith("bounce@", StringComparison.OrdinalIgnoreCase) =>
                "Bounced",
            _ => "Delivered",
        };

    private static Dictionary<string, string> FormOf(SentSms sms, string status)
    {
        var isCode = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = sms.Sid,
            ["MessageStatus"] = isCode ? "undelivered" : status,
            ["AccountSid"] = sms.Account,
            ["From"] = sms.From,
            ["To"] = sms.To,
            ["ApiVersion"] = "2010-04-01",
        };
        if (isCode)
            form["ErrorCode"] = status;
        return form;
    }

    /// <summary>
    /// As infra asks for it: a CloudEvent (learn.microsoft.com/azure/event-grid/communication-services-email-events).
    /// </summary>
    private string EventOf(SentEmail mail, string status, string recipient) =>
        JsonSerializer.Serialize(
            new
            {
                id = Guid.NewGuid(),
                source = "/subscriptions/local/providers/microsoft.communication/communicationservices/local",
                subject = $"sender/{mail.From}/message/{mail.Id}",
                type = "Microsoft.Communication.EmailDeliveryReportReceived",
                time = sent.Now,
                specversion = "1.0",
                data = new
                {
                    sender = mail.From,
                    recipient = AddressOf(recipient),
                    messageId = mail.Id,
                    internetMessageId = mail.Headers.GetValueOrDefault("Message-ID"),
                    status,
                    deliveryStatusDetails = new
                    {
                        statusMessage = status is "Delivered" ? "" : "No mailbox here by that name",
                    },
                    deliveryAttemptTimestamp = sent.Now,
                },
            }
        );

    private static string AddressOf(string recipient) =>
        recipient.IndexOf('<', StringComparison.Ordinal) is var start and >= 0 ? recipient[(start + 1)..^1] : recipient;

    private async Task<string> PostAsync(Uri address, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Add(
            TwilioSignature.HeaderName,
            TwilioSignature.Sign(address.AbsoluteUri, form, settings["Sms:AuthToken"] ?? "")
        );
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private async Task EnqueueAsync(string text)
    {
        var queues = new QueueServiceClient(
            settings["AzureWebJobsStorage"],
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        await queues.GetQueueClient(Queues.EmailEvents).SendMessageAsync(text, TimeSpan.Zero, TimeSpan.FromSeconds(-1));
    }
}
