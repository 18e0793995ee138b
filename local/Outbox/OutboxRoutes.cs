using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local.Outbox;

/// <summary>The stand-ins for the providers, and the pages that show what they were given.</summary>
public static class OutboxRoutes
{
    public static void Map(IEndpointRouteBuilder routes, SentMessages sent)
    {
        AcsEmail.Map(routes.MapGroup("/acs"), sent);
        TwilioMessages.Map(routes.MapGroup("/twilio"), sent);
        routes.MapGet("/outbox.json", () => Results.Ok(sent.Sent));
        routes.MapGet("/outbox", () => OutboxPage.Show(sent));
        routes.MapGet("/outbox/{id}", (string id) => sent.Find(id) switch
        {
            SentEmail mail => MailPage.Show(mail),
            SentSms sms => SmsPage.Show(sms),
            _ => Page.NotFound(),
        });
    }
}
