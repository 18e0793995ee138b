using System.Text.Json;
using Dunning.Notices.Email;
using Dunning.Receivables;

namespace Dunning.Tests.Notices.Email;

public sealed class AcsEventTests
{
    private const string Type = "Microsoft.Communication.EmailDeliveryReportReceived";
    private static readonly Guid _id = Guid.Parse("fb9e3380-428f-4e59-95a1-fc82e99a5219");

    [Theory]
    [InlineData("Delivered", DeliveryStatus.Delivered)]
    [InlineData("Expanded", DeliveryStatus.Delivered)]
    [InlineData("Bounced", DeliveryStatus.Dead)]
    [InlineData("bounced", DeliveryStatus.Dead)]
    [InlineData("Suppressed", DeliveryStatus.Dead)]
    [InlineData("Failed", DeliveryStatus.Failed)]
    [InlineData("Quarantined", DeliveryStatus.Failed)]
    [InlineData("FilteredSpam", DeliveryStatus.Failed)]
    public void Each_status_says_whether_the_mail_arrived_and_whether_the_address_lives(
        string status,
        DeliveryStatus arrival
    ) => Assert.Equal((_id, "someone@buyer.example", arrival), Of(AcsEvent.Read(EventGrid(status))));

    [Fact]
    public void A_cloud_event_says_the_same()
    {
        var text = JsonSerializer.Serialize(
            new
            {
                specversion = "1.0",
                type = Type,
                id = "1",
                source = "/x",
                data = Data("Bounced"),
            }
        );
        Assert.Equal((_id, "someone@buyer.example", DeliveryStatus.Dead), Of(AcsEvent.Read(text)));
    }

    [Fact]
    public void The_servers_reply_is_kept_on_one_line_and_short()
    {
        var reason = AcsEvent.Read(EventGrid("Bounced", "550 5.1.1\r\nno such user " + new string('x', 1000)))!.Reason;

        Assert.StartsWith("Bounced, 550 5.1.1 no such user", reason, StringComparison.Ordinal);
        Assert.Equal(300, reason.Length);
    }

    [Fact]
    public void Another_kind_of_event_and_an_unknown_status_are_let_be()
    {
        Assert.Null(
            AcsEvent.Read("""{"eventType":"Microsoft.Communication.EmailEngagementTrackingReportReceived","data":{}}""")
        );
        Assert.Null(AcsEvent.Read(EventGrid("Postponed")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"eventType\":\"Microsoft.Communication.EmailDeliveryReportReceived\"}")]
    [InlineData(
        "{\"eventType\":\"Microsoft.Communication.EmailDeliveryReportReceived\",\"data\":{\"messageId\":\"7\",\"recipient\":\"a\",\"status\":\"Bounced\"}}"
    )]
    public void What_is_no_such_event_is_for_a_person_to_look_at(string text) =>
        Assert.ThrowsAny<JsonException>(() => AcsEvent.Read(text));

    private static (Guid, string, DeliveryStatus) Of(AcsEvent? acsEvent) =>
        (acsEvent!.MessageId, acsEvent.Recipient, acsEvent.Status);

    private static string EventGrid(string status, string message = "") =>
        JsonSerializer.Serialize(
            new
            {
                id = "1",
                topic = "/subscriptions/x",
                subject = "sender/x/message/y",
                data = Data(status, message),
                eventType = Type,
                dataVersion = "1.0",
                metadataVersion = "1",
                eventTime = "2026-03-19T23:28:55.2532364Z",
            }
        );

    private static object Data(string status, string message = "") =>
        new
        {
            sender = "invoices@house.example",
            recipient = "someone@buyer.example",
            messageId = _id,
            status,
            deliveryStatusDetails = new { statusMessage = message },
            deliveryAttemptTimeStamp = "2026-03-19T23:28:54Z",
        };
}
