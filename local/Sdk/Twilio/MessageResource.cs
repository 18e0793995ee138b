#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

#pragma warning disable CA1034, CA2225 // Nested and with the operator alone, as officially.
public class MessageResource : Resource
{
    private const string Api = "https://api.twilio.com";

    internal MessageResource(MessageFields fields)
    {
        Sid = fields.Sid;
        AccountSid = fields.AccountSid;
        Body = fields.Body;
        To = fields.To;
        From = fields.From is null ? null : new PhoneNumber(fields.From);
        MessagingServiceSid = fields.MessagingServiceSid;
        Status = fields.Status;
        ErrorCode = fields.ErrorCode;
        ErrorMessage = fields.ErrorMessage;
        NumSegments = fields.NumSegments;
        DateCreated = TwilioJson.Date(fields.DateCreated);
        DateSent = TwilioJson.Date(fields.DateSent);
        DateUpdated = TwilioJson.Date(fields.DateUpdated);
    }

    public string Sid { get; private set; }

    public string AccountSid { get; private set; }

    public string Body { get; private set; }

    public string To { get; private set; }

    public PhoneNumber From { get; private set; }

    public string MessagingServiceSid { get; private set; }

    public StatusEnum Status { get; private set; }

    public int? ErrorCode { get; private set; }

    public string ErrorMessage { get; private set; }

    public string NumSegments { get; private set; }

    public DateTime? DateCreated { get; private set; }

    public DateTime? DateSent { get; private set; }

    public DateTime? DateUpdated { get; private set; }

    /// <exception cref="Exceptions.ApiException">Twilio refused the message.</exception>
    /// <exception cref="Exceptions.ApiConnectionException">No answer: the message may have been sent.</exception>
    public static async Task<MessageResource> CreateAsync(CreateMessageOptions options, ITwilioRestClient client = null)
    {
        var request = new Request(Http.HttpMethod.Post, Messages(options.PathAccountSid, client));
        foreach (var (name, value) in options.GetParams()) request.AddPostParam(name, value);
        return TwilioJson.Message((await client.RequestAsync(request)).Content);
    }

    public static async Task<ResourceSet<MessageResource>> ReadAsync(ReadMessageOptions options, ITwilioRestClient client = null)
    {
        var request = new Request(Http.HttpMethod.Get, Messages(options.PathAccountSid, client));
        foreach (var (name, value) in options.GetParams()) request.AddQueryParam(name, value);
        var (messages, next) = TwilioJson.Page((await client.RequestAsync(request)).Content);
        return new ResourceSet<MessageResource>(
            messages, next, uri => TwilioJson.Page(client.Request(new Request(Http.HttpMethod.Get, Api + uri)).Content), options.Limit);
    }

    private static string Messages(string account, ITwilioRestClient client)
    {
        ArgumentNullException.ThrowIfNull(client); // The local edition has no process-wide client.
        return $"{Api}/2010-04-01/Accounts/{account ?? client.AccountSid}/Messages.json";
    }

    public sealed class StatusEnum : StringEnum
    {
        public static readonly StatusEnum Accepted = new("accepted");
        public static readonly StatusEnum Canceled = new("canceled");
        public static readonly StatusEnum Delivered = new("delivered");
        public static readonly StatusEnum Failed = new("failed");
        public static readonly StatusEnum PartiallyDelivered = new("partially_delivered");
        public static readonly StatusEnum Queued = new("queued");
        public static readonly StatusEnum Read = new("read");
        public static readonly StatusEnum Received = new("received");
        public static readonly StatusEnum Receiving = new("receiving");
        public static readonly StatusEnum Scheduled = new("scheduled");
        public static readonly StatusEnum Sending = new("sending");
        public static readonly StatusEnum Sent = new("sent");
        public static readonly StatusEnum Undelivered = new("undelivered");

        public StatusEnum()
        {
        }

        private StatusEnum(string value) : base(value)
        {
        }

        public static implicit operator StatusEnum(string value) => new(value);
    }
}
