using System.Xml.Linq;
using Dunning.Configuration;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>
/// What goes back to somebody who wrote to us, as TwiML (twilio.com/docs/messaging/twiml). Only HELP, and a wish for no
/// more texts, once, are answered.
/// </summary>
internal static class ReplyAnswer
{
    /// <summary>Malaysia forbids numbers to call back in every SMS, as it does links.</summary>
    private const string NoPhones = "+60";

    /// <param name="answered">Twilio answers by itself.</param>
    public static string Write(Reply reply, bool answered, Language language, CreditorOptions creditor)
    {
        var phrase = reply.Meaning switch
        {
            _ when answered => null,
            ReplyMeaning.Help => language.Common.SmsHelp,
            ReplyMeaning.Stop => language.Common.SmsStopped,
            _ => null,
        };
        var contact =
            creditor.Phone is null || reply.From.StartsWith(NoPhones, StringComparison.Ordinal)
                ? creditor.Email
                : $"{creditor.Email}, {creditor.Phone}";
        var facts = new Dictionary<string, IReadOnlyList<TextSpan>>
        {
            ["company"] = [TextSpan.Own(creditor.Company)],
            ["contact"] = [TextSpan.Ltr(contact)],
        };
        var text = phrase?.Fill(facts, language.RightToLeft).ToPlain();
        return new XElement("Response", text is null ? null : new XElement("Message", Gsm7.Normalise(text))).ToString(
            SaveOptions.DisableFormatting
        );
    }
}
