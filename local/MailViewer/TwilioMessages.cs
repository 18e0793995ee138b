using System.Globalization;
using Dunning.Notices.Sms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local.MailViewer;

/// <summary>Stand-in for the Messages resource of Twilio's API 2010-04-01: create, fetch, list.</summary>
internal static class TwilioMessages
{
    private const int MaxPageSize = 1000;

    public static void Map(IEndpointRouteBuilder routes, SentMessages sent)
    {
        var account = routes.MapGroup("/2010-04-01/Accounts/{sid}");
        account.MapPost(
            "/Messages.json",
            async (string sid, HttpRequest request) =>
                IsSigned(request)
                    ? Create(sid, await request.ReadFormAsync(request.HttpContext.RequestAborted), sent)
                    : NotSigned()
        );
        account.MapGet(
            "/Messages.json",
            (string sid, HttpRequest request) => IsSigned(request) ? List(sid, request, sent) : NotSigned()
        );
        account.MapGet(
            "/Messages/{id}.json",
            (string sid, string id, HttpRequest request) =>
                !IsSigned(request) ? NotSigned()
                : sent.Find(id) is SentSms sms && Belongs(sms, sid) ? Results.Ok(TwilioJson.Message(sms, "delivered"))
                : Error(404, new(20404, "There is no such message."))
        );
    }

    private static bool IsSigned(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal);

    private static bool Belongs(SentSms sms, string account) =>
        string.Equals(sms.Account, account, StringComparison.Ordinal);

    private static IResult Create(string account, IFormCollection form, SentMessages sent)
    {
        string? from = string.IsNullOrEmpty(form["From"]) ? form["MessagingServiceSid"] : form["From"];
        string? to = form["To"];
        string? body = form["Body"];
        if (TwilioErrors.Check(from, to, body) is { } error)
            return Error(400, error);

        var encoded = Gsm7.Measure(body!);
        var sms = new SentSms
        {
            Id = $"SM{Guid.NewGuid():N}",
            SentAt = sent.Now,
            Account = account,
            To = to!,
            From = from!,
            Body = body!,
            SegmentCount = encoded.Segments,
            IsGsm7 = encoded.IsGsm7,
            StatusCallback = Uri.TryCreate(form["StatusCallback"], UriKind.Absolute, out var callback)
                ? callback
                : null,
        };
        sent.Add(sms);
        return Results.Json(TwilioJson.Message(sms, "queued"), statusCode: 201);
    }

    private static IResult List(string account, HttpRequest request, SentMessages sent)
    {
        var size = Math.Clamp(Number(request.Query["PageSize"]) ?? 50, 1, MaxPageSize);
        var page = Math.Max(Number(request.Query["Page"]) ?? 0, 0);
        var found = sent
            .Sms.Where(sms => Belongs(sms, account))
            .Where(TwilioFilter.From(request.Query))
            .Reverse()
            .ToList();
        var pageItems = found.Skip(page * size).Take(size).ToList();
        string Uri(int number) =>
            $"{request.Path.Value!["/twilio".Length..]}{TwilioFilter.WithPage(request.Query, number, size)}";
        return Results.Ok(
            new
            {
                messages = pageItems.Select(sms => TwilioJson.Message(sms, "delivered")),
                page,
                page_size = size,
                start = page * size,
                end = Math.Max((page * size) + pageItems.Count - 1, 0),
                uri = Uri(page),
                first_page_uri = Uri(0),
                previous_page_uri = page > 0 ? Uri(page - 1) : null,
                next_page_uri = found.Count > (page + 1) * size ? Uri(page + 1) : null,
            }
        );
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult NotSigned() => Error(401, new(20003, "Authenticate"));

    private static IResult Error(int status, TwilioError error) =>
        Results.Json(
            new
            {
                code = error.Code,
                message = error.Message,
                more_info = $"https://www.twilio.com/docs/errors/{error.Code}",
                status,
            },
            statusCode: status
        );
}
