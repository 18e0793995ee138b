using System.Security.Cryptography;
using System.Text.Json;
using Dunning.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.Access;

/// <summary>
/// The cookie of a session and the tokens of its forms. Both are encrypted and signed by Data Protection, with a
/// purpose of their own.
/// </summary>
public sealed class SessionCookie(IDataProtectionProvider protection, DashboardOptions options, TimeProvider clock)
{
    /// <summary>A form that was open for longer is sent again.</summary>
    private static readonly TimeSpan _formLifetime = TimeSpan.FromHours(4);

    private readonly IDataProtector _tickets = protection.CreateProtector("dashboard session");
    private readonly IDataProtector _forms = protection.CreateProtector("dashboard form");

    /// <summary>
    /// The prefix makes browsers refuse the cookie unless it is Secure and of this host only (RFC 6265bis).
    /// </summary>
    private string Name => options.RequireHttps ? "__Host-dunning" : "dunning";

    internal void Write(HttpResponse response, SessionTicket ticket) =>
        response.Cookies.Append(Name, _tickets.Protect(JsonSerializer.Serialize(ticket)), Options());

    internal void Delete(HttpResponse response) => response.Cookies.Delete(Name, Options());

    /// <returns>Null without a cookie, or with one that is forged, cut or has expired.</returns>
    internal SessionTicket? Read(HttpRequest request) =>
        request.Cookies[Name] is { } cookie
        && Unprotect<SessionTicket>(_tickets, cookie) is { } ticket
        && clock.GetUtcNow() < ticket.EndsAt
            ? ticket
            : null;

    /// <summary>The token that every form of the session carries (OWASP, CSRF: signed, bound to the session).</summary>
    internal string FormToken(SessionTicket ticket) =>
        _forms.Protect(JsonSerializer.Serialize(new Form(ticket.Id, clock.GetUtcNow())));

    internal bool IsValid(string? formToken, SessionTicket ticket) =>
        formToken is not null
        && Unprotect<Form>(_forms, formToken) is { } form
        && form.Session == ticket.Id
        && clock.GetUtcNow() - form.At < _formLifetime;

    private static T? Unprotect<T>(IDataProtector protector, string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(text));
        }
        catch (Exception forged) when (forged is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Lax, so that a link in an email to the owner opens its page; no GET changes anything.</summary>
    private CookieOptions Options() =>
        new()
        {
            HttpOnly = true,
            Secure = options.RequireHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
        };

    private sealed record Form(Guid Session, DateTimeOffset At);
}
