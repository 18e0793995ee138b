using System.Text;
using System.Text.Json;
using Dunning.Notices.Sms;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// What comes back from messages: Twilio's forms, signed and not, and what Event Grid puts into the queue.
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
        "messageId":"{{{FuzzApp.Mailed.OperationId}}}","status":"Bounced","deliveryStatusDetails":{"statusMessage":"no such \u00e9"},"deliveryAttemptTimeStamp":"2026-01-05T09:00:00Z"} }
        """
    );

    public static IEnumerable<FuzzTarget> All =>
        [
            new(
                "reply through twilio",
                [_reply],
                () =>
                    new FuzzedHouse(
                        (app, body, random) =>
                            Twilio(app.ReceiveSmsReply.Run, TwilioWebhook.Messages, body, isSigned: random.Next(4) > 0)
                            < 300
                    )
            ),
            new(
                "status of twilio",
                [_delivered],
                () =>
                    new FuzzedHouse(
                        (app, body, random) =>
                            Twilio(app.ReceiveSmsStatus.Run, Status, body, isSigned: random.Next(4) > 0) < 300
                    )
            ),
            new("delivery report of a mail", [_report], () => new FuzzedHouse((app, text, _) => IsReport(app, text))),
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

    /// <summary>A message that is no event fails, and ends among the poisoned ones for a person to see.</summary>
    private static bool IsReport(FuzzApp app, byte[] text)
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
