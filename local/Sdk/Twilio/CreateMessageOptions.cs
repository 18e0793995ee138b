#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Twilio.Base;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

#pragma warning disable CA1002 // Lists, as the official class has them.
public class CreateMessageOptions(PhoneNumber to) : IOptions<MessageResource>
{
    public PhoneNumber To { get; } = to;

    public string PathAccountSid { get; set; }

    public PhoneNumber From { get; set; }

    public string MessagingServiceSid { get; set; }

    public string Body { get; set; }

    public Uri StatusCallback { get; set; }

    public List<KeyValuePair<string, string>> GetParams()
    {
        var form = new List<KeyValuePair<string, string>>();
        Add(nameof(To), To?.ToString());
        Add(nameof(From), From?.ToString());
        Add(nameof(MessagingServiceSid), MessagingServiceSid);
        Add(nameof(Body), Body);
        Add(nameof(StatusCallback), StatusCallback?.AbsoluteUri);
        return form;

        void Add(string name, string value)
        {
            if (value is not null) form.Add(KeyValuePair.Create(name, value));
        }
    }
}
