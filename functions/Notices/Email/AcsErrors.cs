using System.Globalization;
using Azure;
using Azure.Identity;
using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>Maps a failed call to Azure Communication Services to an outcome (REST API 2023-03-31).</summary>
internal static class AcsErrors
{
    /// <summary>
    /// The outcome, and whether the service has to be queried for the operation first: after a timeout, and after a
    /// refusal that can mean that this id was used before (400, 409) because an earlier attempt was accepted.
    /// </summary>
    public static (SendOutcome Outcome, bool MayHaveBeenAccepted) Outcome(Exception failure) =>
        failure switch
        {
            ParseException => (OutgoingEmail.InvalidAddress, false),
            AuthenticationFailedException => (
                new SendOutcome.RetryLater(null, "The app got no access token for the email service."),
                false
            ),
            RequestFailedException { Status: > 0 } refused => Refused(refused),
            _ when TransportFailure.NothingWasSent(failure) => (
                new SendOutcome.RetryLater(null, "The email service could not be reached."),
                false
            ),
            _ => (
                new SendOutcome.Unknown($"The response of the email service was lost ({failure.GetType().Name})."),
                true
            ),
        };

    private static (SendOutcome, bool) Refused(RequestFailedException refused)
    {
        var reason = $"The email service answered {refused.Status} {refused.ErrorCode}".TrimEnd() + ".";
        return refused.Status switch
        {
            429 or 503 => (new SendOutcome.RetryLater(RetryAfter(refused), reason), false),
            // Wrong key, missing role, wrong clock; domain not linked (404 DomainNotLinked), unknown sender.
            401 or 403 or 404 or 405 or 410 => (
                new SendOutcome.RetryLater(null, reason, IsConfigurationError: true),
                false
            ),
            400 when IsAboutSender(refused) => (
                new SendOutcome.RetryLater(null, reason, IsConfigurationError: true),
                false
            ),
            409 => (new SendOutcome.Unknown(reason), true),
            408 or >= 500 => (new SendOutcome.Unknown(reason), true),
            _ => (
                new SendOutcome.Rejected(refused.ErrorCode ?? Text(refused.Status), reason, IsAboutRecipient(refused)),
                refused.Status == 400
            ),
        };
    }

    private static bool IsAboutSender(RequestFailedException refused) =>
        refused.ErrorCode is { } code
        && (
            code.Contains("Sender", StringComparison.OrdinalIgnoreCase)
            || code.Contains("Domain", StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsAboutRecipient(RequestFailedException refused) =>
        refused.ErrorCode is { } code
        && (
            code.Contains("Suppress", StringComparison.OrdinalIgnoreCase)
            || code.Contains("Recipient", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Retry-After in seconds; this service does not send it as a date.</summary>
    private static TimeSpan? RetryAfter(RequestFailedException refused) =>
        refused.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
