using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local.MailViewer;

/// <summary>
/// Stand-in for the two calls of Azure Communication Services Email, version 2023-03-31 (azure-rest-api-specs,
/// CommunicationServicesEmail.json). How the real service handles a repeated Operation-Id is not documented; here a
/// repeated request gets the same response and is not stored again.
/// </summary>
internal static class AcsEmail
{
    public static void Map(IEndpointRouteBuilder routes, SentMessages messages)
    {
        routes.MapPost("/emails:send", (HttpRequest request, AcsMail mail) => Send(request, mail, messages));
        routes.MapGet(
            "/emails/operations/{id}",
            (string id) =>
                messages.Find(id) is SentEmail mail
                    ? Results.Ok(new { id = mail.Id, status = "Succeeded" })
                    : Problem(404, "OperationNotFound", "There is no such operation.")
        );
    }

    private static IResult Send(HttpRequest request, AcsMail mail, SentMessages messages)
    {
        if (string.IsNullOrEmpty(request.Headers.Authorization))
            return Problem(401, "Unauthorized", "The request is not signed.");
        if (!request.Query.ContainsKey("api-version"))
            return Problem(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        if (mail.ValidationError is { } error)
            return Problem(400, "BadRequest", error);

        string? operationId = request.Headers["Operation-Id"];
        if (operationId is not null && !Guid.TryParse(operationId, out _))
            return Problem(400, "BadRequest", "Operation-Id must be a GUID.");

        var id = operationId ?? Guid.NewGuid().ToString();
        messages.Add(mail.ToSentEmail(id, messages.Now));
        request.HttpContext.Response.Headers["Operation-Location"] =
            $"{request.Scheme}://{request.Host}/acs/emails/operations/{id}{request.QueryString}";
        request.HttpContext.Response.Headers.RetryAfter = "1";
        return Results.Json(new { id, status = "Running" }, statusCode: 202);
    }

    private static IResult Problem(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, statusCode: status);
}
