using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Azure.Storage.Queues.Models;

namespace Azure.Storage.Queues;

/// <summary>The Queue service's XML bodies and header values.</summary>
internal static class QueueXml
{
    public static string Body(string text, QueueMessageEncoding encoding)
    {
        var written = encoding == QueueMessageEncoding.Base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text;
        return new XElement("QueueMessage", new XElement("MessageText", written)).ToString(SaveOptions.DisableFormatting);
    }

    public static SendReceipt Sent(Response response)
    {
        var message = Messages(response).Single();
        return new SendReceipt
        {
            MessageId = Text(message, "MessageId"),
            InsertionTime = Time(message, "InsertionTime"),
            ExpirationTime = Time(message, "ExpirationTime"),
            PopReceipt = Text(message, "PopReceipt"),
            TimeNextVisible = Time(message, "TimeNextVisible"),
        };
    }

    public static QueueMessage[] Received(Response response, QueueMessageEncoding encoding) =>
    [
        .. Messages(response).Select(message => new QueueMessage
        {
            MessageId = Text(message, "MessageId"),
            PopReceipt = Text(message, "PopReceipt"),
            Body = Content(message, encoding),
            NextVisibleOn = Time(message, "TimeNextVisible"),
            InsertedOn = Time(message, "InsertionTime"),
            ExpiresOn = Time(message, "ExpirationTime"),
            DequeueCount = Count(message),
        }),
    ];

    public static PeekedMessage[] Peeked(Response response, QueueMessageEncoding encoding) =>
    [
        .. Messages(response).Select(message => new PeekedMessage
        {
            MessageId = Text(message, "MessageId"),
            Body = Content(message, encoding),
            InsertedOn = Time(message, "InsertionTime"),
            ExpiresOn = Time(message, "ExpirationTime"),
            DequeueCount = Count(message),
        }),
    ];

    public static UpdateReceipt Updated(Response response) => new()
    {
        PopReceipt = Header(response, "x-ms-popreceipt"),
        NextVisibleOn = Time(Header(response, "x-ms-time-next-visible")),
    };

    public static QueueProperties Properties(Response response) => new()
    {
        ApproximateMessagesCount = int.Parse(Header(response, "x-ms-approximate-messages-count"), CultureInfo.InvariantCulture),
    };

    private static IEnumerable<XElement> Messages(Response response) =>
        XDocument.Load(response.Content.ToStream()).Root!.Elements("QueueMessage");

    private static BinaryData Content(XElement message, QueueMessageEncoding encoding)
    {
        var text = Text(message, "MessageText");
        return encoding == QueueMessageEncoding.Base64 ? BinaryData.FromBytes(Convert.FromBase64String(text)) : BinaryData.FromString(text);
    }

    private static string Text(XElement message, string name) => message.Element(name)?.Value ?? "";

    private static long Count(XElement message) => long.Parse(Text(message, "DequeueCount"), CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(XElement message, string name) => Time(Text(message, name));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Header(Response response, string name) => response.Headers.TryGetValue(name, out var value) ? value : "";
}
