using System.Globalization;

namespace Dunning.Local.MailViewer;

/// <summary>The JSON of a Twilio message: numbers as strings, dates as in RFC 2822.</summary>
internal static class TwilioJson
{
    public static object Message(SentSms sms, string status)
    {
        var date = sms.SentAt.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        var isService = sms.From.StartsWith("MG", StringComparison.Ordinal);
        return new
        {
            sid = sms.Sid,
            account_sid = sms.Account,
            messaging_service_sid = isService ? sms.From : null,
            api_version = "2010-04-01",
            direction = "outbound-api",
            to = sms.To,
            from = isService ? null : sms.From,
            body = sms.Body,
            status,
            num_segments = sms.SegmentCount.ToString(CultureInfo.InvariantCulture),
            num_media = "0",
            date_created = date,
            date_updated = date,
            date_sent = status == "queued" ? null : date,
            price = (string?)null,
            price_unit = "USD",
            error_code = (int?)null,
            error_message = (string?)null,
            uri = $"/2010-04-01/Accounts/{sms.Account}/Messages/{sms.Sid}.json",
            subresource_uris = new { media = $"/2010-04-01/Accounts/{sms.Account}/Messages/{sms.Sid}/Media.json" },
        };
    }
}
