using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local.MailViewer;

/// <summary>
/// The stand-ins for the providers, the pages that show what they were given, and what a person has them say of it.
/// </summary>
public static class OutboxRoutes
{
    /// <param name="words">Null where the providers stay silent.</param>
    public static void Map(IEndpointRouteBuilder routes, SentMessages sent, ProviderCallbacks? words = null)
    {
        AcsEmail.Map(routes.MapGroup("/acs"), sent);
        TwilioMessages.Map(routes.MapGroup("/twilio"), sent);
        routes.MapGet("/outbox.json", () => Results.Ok(sent.Sent));
        routes.MapGet("/outbox", () => OutboxPage.Show(sent));
        routes.MapGet(
            "/outbox/{id}",
            (string id) =>
                sent.Find(id) switch
                {
                    SentEmail mail => MailPage.Show(mail),
                    SentSms sms => SmsPage.Show(sms),
                    _ => Page.NotFound(),
                }
        );
        if (words is null)
            return;
        routes
            .MapPost(
                "/outbox/{id}/report",
                async (string id, [FromForm] string status) =>
                {
                    if (sent.Find(id) is not { } item)
                        return Page.NotFound();
                    await words.ReportAsync(item, status);
                    return Results.LocalRedirect($"/outbox/{id}");
                }
            )
            .DisableAntiforgery();
        routes
            .MapPost(
                "/outbox/{id}/answer",
                async (string id, [FromForm] string text) =>
                    sent.Find(id) is SentSms sms
                        ? Results.Content(await words.AnswerAsync(sms, text), "text/xml")
                        : Page.NotFound()
            )
            .DisableAntiforgery();
    }
}
