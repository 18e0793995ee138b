using System.Globalization;
using System.Net.Mail;

namespace Dunning.Notify.Email;

/// <summary>What a failed SMTP exchange says about the mail (reply codes: RFC 5321 section 4.2, RFC 4954 section 6).</summary>
public static class SmtpErrors
{
    // Wrong or missing credentials, TLS demanded: ours to repair, nothing about this mail is wrong.
    private static readonly int[] OurSettings = [454, 530, 534, 535, 538];

    // Mailbox unavailable, not local, name not allowed.
    private static readonly int[] DeadAddress = [550, 551, 553];

    // Too large; refused for what it says.
    private static readonly int[] ThisMail = [552, 554];

    public static SendOutcome Outcome(Exception failure, OutgoingEmail mail) => failure switch
    {
        FormatException => new SendOutcome.Rejected("bad_address", "An address of the mail is not an e-mail address.", AddressIsDead: true),
        SmtpFailedRecipientException some => Recipients(some, mail),
        SmtpException { StatusCode: > 0 } reply => Reply((int)reply.StatusCode, addressRefused: false),
        _ when TransportFailure.NothingWasSent(failure) => new SendOutcome.RetryLater(null, "The mail server could not be reached."),
        _ => new SendOutcome.Unknown($"The mail server's answer was lost ({failure.GetType().Name})."),
    };

    /// <summary>SmtpClient sends to whom it can and then throws: with one addressee accepted, the mail is on its way.</summary>
    private static SendOutcome Recipients(SmtpFailedRecipientException failure, OutgoingEmail mail)
    {
        var failed = failure is SmtpFailedRecipientsException several ? several.InnerExceptions : [failure];
        if (failed.Length >= mail.To.Count + mail.Cc.Count) return Reply((int)failed[0].StatusCode, addressRefused: true);
        var refused = failed.DistinctBy(Address, StringComparer.OrdinalIgnoreCase).ToDictionary(Address, one => (int)one.StatusCode, StringComparer.OrdinalIgnoreCase);
        return mail.To.Any(to => !refused.ContainsKey(to.Address))
            ? new SendOutcome.Sent(mail.Headers.GetValueOrDefault("Message-ID") ?? mail.OperationId.ToString())
            // Trying again would bring those in copy a second one.
            : new SendOutcome.Rejected(Code((int)failed[0].StatusCode), "Only those in copy were accepted by the mail server.",
                mail.To.Any(to => DeadAddress.Contains(refused[to.Address])));
    }

    private static SendOutcome Reply(int code, bool addressRefused) => code switch
    {
        _ when OurSettings.Contains(code) => new SendOutcome.RetryLater(null, $"The mail server answered {code}: check its user, password and TLS.", IsOurs: true),
        >= 500 when (addressRefused ? DeadAddress : ThisMail).Contains(code) => new SendOutcome.Rejected(Code(code), $"The mail server answered {code}.", addressRefused),
        >= 500 => new SendOutcome.RetryLater(null, $"The mail server answered {code}: check the sender and what the server allows it.", IsOurs: true),
        >= 400 => new SendOutcome.RetryLater(null, $"The mail server answered {code}."),
        _ => new SendOutcome.Unknown($"The mail server answered {code}, which fits nothing that was asked."),
    };

    private static string Address(SmtpFailedRecipientException refused) => (refused.FailedRecipient ?? "").Trim('<', '>');

    private static string Code(int code) => code.ToString(CultureInfo.InvariantCulture);
}
