using System.Globalization;
using Azure;
using Azure.Identity;
using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>What a failed call to Azure Communication Services says about the mail (REST API 2023-03-31).</summary>
internal static class AcsErrors
{
    /// <summary>
    /// The outcome, and whether the service should be asked for the operation first: after a timeout, and after a
    /// refusal that can mean "this id was used already" (400, 409), as it does when an earlier attempt went through.
    /// </summary>
    public static (SendOutcome Outcome, bool MayHaveBeenAccepted) Outcome(Exception failure) =>
        failure switch
        {
            ParseException => (OutgoingEmail.NotAnAddress, false),
            AuthenticationFailedException => (
                new SendOutcome.RetryLater(null, "No token for the mail service."),
                false
            ),
            RequestFailedException { Status: > 0 } refused => Refused(refused),
            _ when TransportFailure.NothingWasSent(failure) => (
                new SendOutcome.RetryLater(null, "The mail service could not be reached."),
                false
            ),
            _ => (
                new SendOutcome.Unknown($"The answer of the mail service was lost ({failure.GetType().Name})."),
                true
            ),
        };

    private static (SendOutcome, bool) Refused(RequestFailedException refused)
    {
        var reason = $"The mail service answered {refused.Status} {refused.ErrorCode}".TrimEnd() + ".";
        return refused.Status switch
        {
            429 or 503 => (new SendOutcome.RetryLater(After(refused), reason), false),
            // A wrong key, a missing role or a clock that is off; a domain that is not linked (404 DomainNotLinked), a
            // sender that does not exist.
            401 or 403 or 404 or 405 or 410 => (
                new SendOutcome.RetryLater(null, reason, IsConfigurationError: true),
                false
            ),
            400 when BlamesSender(refused) => (
                new SendOutcome.RetryLater(null, reason, IsConfigurationError: true),
                false
            ),
            409 => (new SendOutcome.Unknown(reason), true),
            408 or >= 500 => (new SendOutcome.Unknown(reason), true),
            _ => (
                new SendOutcome.Rejected(refused.ErrorCode ?? Number(refused.Status), reason, BlamesRecipient(refused)),
                refused.Status == 400
            ),
        };
    }

    private static bool BlamesSender(RequestFailedException refused) =>
        refused.ErrorCode is { } code
        && (
            code.Contains("Sender", StringComparison.OrdinalIgnoreCase)
            || code.Contains("Domain", StringComparison.OrdinalIgnoreCase)
        );

    private static bool BlamesRecipient(RequestFailedException refused) =>
        refused.ErrorCode is { } code
        && (
            code.Contains("Suppress", StringComparison.OrdinalIgnoreCase)
            || code.Contains("Recipient", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Retry-After in seconds; the form with a date is not used by this service.</summary>
    private static TimeSpan? After(RequestFailedException refused) =>
        refused.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
