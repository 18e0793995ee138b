#nullable disable // As the official assembly: callers see oblivious types in both editions.
using System.Globalization;
using Twilio.Base;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

#pragma warning disable CA1002 // Lists, as the official class has them.
public class ReadMessageOptions : ReadOptions<MessageResource>
{
    public string PathAccountSid { get; set; }

    public PhoneNumber To { get; set; }

    public PhoneNumber From { get; set; }

    public DateTime? DateSentBefore { get; set; }

    public DateTime? DateSent { get; set; }

    public DateTime? DateSentAfter { get; set; }

    public override List<KeyValuePair<string, string>> GetParams()
    {
        var query = new List<KeyValuePair<string, string>>();
        Add(nameof(To), To?.ToString());
        Add(nameof(From), From?.ToString());
        Add("DateSent", Text(DateSent));
        Add("DateSent<", DateSent is null ? Text(DateSentBefore) : null);
        Add("DateSent>", DateSent is null ? Text(DateSentAfter) : null);
        Add(nameof(PageSize), PageSize?.ToString(CultureInfo.InvariantCulture));
        return query;

        void Add(string name, string value)
        {
            if (value is not null) query.Add(KeyValuePair.Create(name, value));
        }
    }

    private static string Text(DateTime? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
