using System.Text;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;

namespace Dunning.Tests.Payments.Providers.Stripe;

/// <summary>Wraps the fields of an object into a Stripe event and reads it as a webhook.</summary>
internal static class StripeJson
{
    public static PaymentEvent Event(string type, string fields, string livemode = "false")
    {
        var json = $$"""
            {"id":"evt_1","object":"event","type":"{{type}}","created":1767225600,"livemode":{{livemode}},
             "data":{"object":{ {{fields}} } } }
            """;
        return Assert.Single(PaymentEvents.Read(StripeProvider.Name, new([], Encoding.UTF8.GetBytes(json))));
    }

    public static PaymentChange Fact(string type, string fields)
    {
        var one = Event(type, fields);
        Assert.Null(one.Problem);
        return Assert.Single(one.Changes);
    }

    public static string Intent(string amount, string currency) =>
        $$""" "object":"payment_intent","id":"pi_1","currency":"{{currency}}","amount_received":{{amount}} """;
}
