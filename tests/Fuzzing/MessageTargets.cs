using System.Text;
using System.Text.Json;
using Dunning.Notices.Sms;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// Callbacks about sent messages: Twilio's forms, signed and unsigned, and the queue messages of Event Grid.
/// </summary>
internal static class MessageTargets
{
    private const string Status = "status?customer=k&notice=n";

    private static readonly byte[] _reply = Encoding.UTF8.GetBytes(
        $"MessageSid=SM1&From={Uri.EscapeDataString(FuzzApp.Phone)}&To=%2B49&Body=Stop+it+%F0%9F%92%B6&OptOutType=STOP"
    );
    private static readonly byte[] _delivered =
        "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005&To=%2B49"u8.ToArray();

    private static readonly byte[] _report = Encoding.UTF8.GetBytes(
        $$$"""
        {"id":"1","topic":"t","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"sender":"a@b.example","recipient":"ap@buyer.example",
        "messageId":"{{{FuzzApp.SentNotice.OperationId}}}","status":"Bounced","deliveryStatusDetails":{"statusMessage":"no such \u00e9"},"deliveryAttemptTimeStamp":"2026-01-05T09:00:00Z"} }
        """
    );

    public static IEnumerable<FuzzTarget> All =>
        [
            new(
                "twilio reply",
                [_reply],
                () =>
                    new AppFuzzSubject(
                        (app, body, random) =>
                            Twilio(app.ReceiveSmsReply.Run, TwilioWebhook.Messages, body, isSigned: random.Next(4) > 0)
                            < 300
                    )
            ),
            new(
                "twilio status callback",
                [_delivered],
                () =>
                    new AppFuzzSubject(
                        (app, body, random) =>
                            Twilio(app.ReceiveSmsStatus.Run, Status, body, isSigned: random.Next(4) > 0) < 300
                    )
            ),
            new(
                "email delivery report",
                [_report],
                () => new AppFuzzSubject((app, text, _) => IsAcceptedReport(app, text))
            ),
        ];

    private static int Twilio(
        Func<Microsoft.AspNetCore.Http.HttpRequest, CancellationToken, Task<Microsoft.AspNetCore.Http.IResult>> run,
        string route,
        byte[] body,
        bool isSigned
    )
    {
        var url = new Uri(FuzzApp.TwilioAddress, route);
        var signature = isSigned
            ? TwilioSignature.Sign(url.AbsoluteUri, Fields(body), FuzzApp.TwilioToken)
            : "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        return FuzzApp.Status(
            request => run(request, default),
            body,
            "application/x-www-form-urlencoded",
            url.Query,
            (TwilioSignature.HeaderName, signature)
        );
    }

    private static List<KeyValuePair<string, string>> Fields(byte[] body)
    {
        using var form = new FormReader(Encoding.UTF8.GetString(body))
        {
            KeyLengthLimit = int.MaxValue,
            ValueLengthLimit = int.MaxValue,
        };
        List<KeyValuePair<string, string>> fields = [];
        while (form.ReadNextPair() is { } pair)
            fields.Add(pair);
        return [.. fields.Distinct().OrderBy(field => field.Value, StringComparer.Ordinal)];
    }

    /// <summary>A message that is not an event throws, and ends as a poison message.</summary>
    private static bool IsAcceptedReport(FuzzApp app, byte[] text)
    {
        try
        {
            app.ReceiveEmailEvent.Run(Encoding.UTF8.GetString(text), default).GetAwaiter().GetResult();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
