using System.Text.Json;
using System.Text.Json.Nodes;

namespace Azure.Communication.Email;

/// <summary>The body of <c>emails:send</c>; empty members are left out.</summary>
internal static class EmailJson
{
    public static byte[] Write(EmailMessage message)
    {
        var body = new JsonObject
        {
            ["senderAddress"] = message.SenderAddress,
            ["content"] = Content(message.Content),
            ["recipients"] = Recipients(message.Recipients),
        };
        if (message.Headers.Count > 0)
            body["headers"] = Headers(message.Headers);
        if (message.ReplyTo.Count > 0)
            body["replyTo"] = Addresses(message.ReplyTo);
        if (message.Attachments.Count > 0)
            body["attachments"] = new JsonArray([.. message.Attachments.Select(Attachment)]);
        if (message.UserEngagementTrackingDisabled is { } disabled)
            body["userEngagementTrackingDisabled"] = disabled;
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonObject Headers(IDictionary<string, string> headers) =>
        new(headers.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value)));

    private static JsonObject Content(EmailContent content)
    {
        var json = new JsonObject { ["subject"] = content.Subject };
        if (content.PlainText is not null)
            json["plainText"] = content.PlainText;
        if (content.Html is not null)
            json["html"] = content.Html;
        return json;
    }

    private static JsonObject Recipients(EmailRecipients recipients)
    {
        var json = new JsonObject { ["to"] = Addresses(recipients.To) };
        if (recipients.CC.Count > 0)
            json["cc"] = Addresses(recipients.CC);
        if (recipients.BCC.Count > 0)
            json["bcc"] = Addresses(recipients.BCC);
        return json;
    }

    private static JsonArray Addresses(IEnumerable<EmailAddress> addresses) => new([.. addresses.Select(Address)]);

    private static JsonObject Address(EmailAddress address)
    {
        var json = new JsonObject { ["address"] = address.Address };
        if (!string.IsNullOrEmpty(address.DisplayName))
            json["displayName"] = address.DisplayName;
        return json;
    }

    private static JsonObject Attachment(EmailAttachment attachment)
    {
        var json = new JsonObject
        {
            ["name"] = attachment.Name,
            ["contentType"] = attachment.ContentType,
            ["contentInBase64"] = Convert.ToBase64String(attachment.Content),
        };
        if (attachment.ContentId is not null)
            json["contentId"] = attachment.ContentId;
        return json;
    }
}
