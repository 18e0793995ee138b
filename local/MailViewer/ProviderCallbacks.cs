using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues;
using Dunning.Notices.Sms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Dunning.Local.MailViewer;

/// <summary>
/// What the providers report about an accepted message: Twilio's signed callbacks, and the events of Azure
/// Communication Services that Event Grid puts into the queue. Phone numbers that end with one of Twilio's error codes
/// (+447700930005) and addresses such as bounce@… are reported as undeliverable.
/// </summary>
public sealed class ProviderCallbacks(SentMessages sent, IConfiguration settings, ILogger<ProviderCallbacks> log)
    : IDisposable
{
    private static readonly string[] _errorCodes = ["30003", "30004", "30005", "30006", "30007", "30008"];

    private readonly HttpClient _http = new();

    /// <summary>From now on, reports a delivery status for every message as soon as it is stored.</summary>
    public void ReportAllMessages() =>
        sent.Stored += item =>
            _ = Task.Run(async () =>
            {
                try
                {
                    await ReportAsync(item, StatusFor(item));
                }
                catch (Exception exception)
                    when (exception
                            is HttpRequestException
                                or Azure.RequestFailedException
                                or AggregateException
                                or OperationCanceledException
                    )
                {
                    log.LogInformation(
                        "The status of {Id} could not be reported: {Reason}",
                        item.Id,
                        exception.Message
                    );
                }
            });

    /// <param name="status">
    /// SMS: <c>sent</c>, <c>delivered</c> or an error code. Email: a status of the service, such as <c>Bounced</c>.
    /// </param>
    /// <param name="recipient">Email: the address; null for the first recipient.</param>
    public Task ReportAsync(SentItem item, string status, string? recipient = null) =>
        item switch
        {
            SentSms { StatusCallback: { } address } sms => PostAsync(address, FormFor(sms, status)),
            SentEmail mail => EnqueueAsync(EventFor(mail, status, recipient ?? mail.To[0])),
            _ => Task.CompletedTask,
        };

    /// <summary>Sends a reply to an SMS.</summary>
    /// <returns>The automatic reply to the recipient, as TwiML.</returns>
    public Task<string> ReplyAsync(SentSms sms, string text, string? messageSid = null) =>
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

    /// <summary>Posts a reply to an email, as a provider that receives the creditor's mail does.</summary>
    public async Task ReplyAsync(SentEmail mail, string text)
    {
        var reply = new MimeMessage { Subject = $"Re: {mail.Subject}", Date = sent.Now };
        reply.From.Add(MailboxAddress.Parse(mail.To[0]));
        reply.To.Add(MailboxAddress.Parse(mail.ReplyTo is [var address, ..] ? address : mail.From));
        if (mail.Headers.GetValueOrDefault("Message-ID") is { } answered)
            reply.InReplyTo = answered;
        reply.Body = new TextPart("plain")
        {
            Text = $"{text}\n\n{mail.From} wrote, {mail.SentAt:yyyy}:\n> {mail.Subject}",
        };
        using var raw = new MemoryStream();
        await reply.WriteToAsync(raw);
        using var content = new ByteArrayContent(raw.ToArray());
        content.Headers.ContentType = new("message/rfc822");
        var route = new Uri(
            new Uri(settings["Sms:WebhookAddress"]!),
            $"../inbound-mail/{settings["Inbox:EndpointKey"]}"
        );
        using var response = await _http.PostAsync(route, content);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private static string StatusFor(SentItem item) =>
        item switch
        {
            SentSms sms => _errorCodes.FirstOrDefault(code => sms.To.EndsWith(code, StringComparison.Ordinal))
                ?? "delivered",
            SentEmail mail when AddressOf(mail.To[0]).StartsWith("bounce@", StringComparison.OrdinalIgnoreCase) =>
                "Bounced",
            _ => "Delivered",
        };

    private static Dictionary<string, string> FormFor(SentSms sms, string status)
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
    /// In the CloudEvents schema, as configured in infra
    /// (learn.microsoft.com/azure/event-grid/communication-services-email-events).
    /// </summary>
    private string EventFor(SentEmail mail, string status, string recipient) =>
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
                        statusMessage = status is "Delivered" ? "" : "The mailbox does not exist",
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
        using var response = await _http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
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
