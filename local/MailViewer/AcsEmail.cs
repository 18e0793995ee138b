using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local.MailViewer;

/// <summary>
/// The two calls of Azure Communication Services Email, version 2023-03-31 (azure-rest-api-specs,
/// CommunicationServicesEmail.json). Whether the real service takes an Operation-Id twice is not documented; here a
/// repeat is answered like the first and not stored again.
/// </summary>
internal static class AcsEmail
{
    public static void Map(IEndpointRouteBuilder routes, SentMessages sent)
    {
        routes.MapPost("/emails:send", (HttpRequest request, AcsMail mail) => Send(request, mail, sent));
        routes.MapGet(
            "/emails/operations/{id}",
            (string id) =>
                sent.Find(id) is SentEmail mail
                    ? Results.Ok(new { id = mail.Id, status = "Succeeded" })
                    : Problem(404, "OperationNotFound", "There is no such operation.")
        );
    }

    private static IResult Send(HttpRequest request, AcsMail mail, SentMessages sent)
    {
        if (string.IsNullOrEmpty(request.Headers.Authorization))
            return Problem(401, "Unauthorized", "The request is not signed.");
        if (!request.Query.ContainsKey("api-version"))
            return Problem(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        if (mail.WhatIsMissing is { } missing)
            return Problem(400, "BadRequest", missing);

        string? shown = request.Headers["Operation-Id"];
        if (shown is not null && !Guid.TryParse(shown, out _))
            return Problem(400, "BadRequest", "Operation-Id must be a GUID.");

        var id = shown ?? Guid.NewGuid().ToString();
        sent.Add(mail.AsSent(id, sent.Now));
        request.HttpContext.Response.Headers["Operation-Location"] =
            $"{request.Scheme}://{request.Host}/acs/emails/operations/{id}{request.QueryString}";
        request.HttpContext.Response.Headers.RetryAfter = "1";
        return Results.Json(new { id, status = "Running" }, statusCode: 202);
    }

    private static IResult Problem(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, statusCode: status);
}
