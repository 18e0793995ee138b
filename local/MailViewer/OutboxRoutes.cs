using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local.MailViewer;

/// <summary>
/// The provider stand-ins, the pages with the messages that they accepted, and the forms that trigger their callbacks.
/// </summary>
public static class OutboxRoutes
{
    /// <param name="callbacks">Null: no forms.</param>
    public static void Map(IEndpointRouteBuilder routes, SentMessages sent, ProviderCallbacks? callbacks = null)
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
        if (callbacks is null)
            return;
        routes
            .MapPost(
                "/outbox/{id}/report",
                async (string id, [FromForm] string status) =>
                {
                    if (sent.Find(id) is not { } item)
                        return Page.NotFound();
                    await callbacks.ReportAsync(item, status);
                    return Results.LocalRedirect($"/outbox/{id}");
                }
            )
            .DisableAntiforgery();
        routes
            .MapPost(
                "/outbox/{id}/answer",
                async (string id, [FromForm] string text) =>
                {
                    if (sent.Find(id) is SentSms sms)
                        return Results.Content(await callbacks.ReplyAsync(sms, text), "text/xml");
                    if (sent.Find(id) is not SentEmail mail)
                        return Page.NotFound();
                    await callbacks.ReplyAsync(mail, text);
                    return Results.LocalRedirect($"/outbox/{id}");
                }
            )
            .DisableAntiforgery();
    }
}
