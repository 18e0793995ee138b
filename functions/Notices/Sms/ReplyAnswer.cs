using System.Xml.Linq;
using Dunning.Configuration;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>
/// The response to a received SMS, as TwiML (twilio.com/docs/messaging/twiml). Only HELP and STOP are answered, with
/// one message.
/// </summary>
internal static class ReplyAnswer
{
    /// <param name="answeredByTwilio">Twilio has answered it; then the response is empty.</param>
    public static string Write(Reply reply, bool answeredByTwilio, Language language, CreditorOptions creditor)
    {
        var phrase = reply.Meaning switch
        {
            _ when answeredByTwilio => null,
            ReplyMeaning.Help => language.Common.SmsHelp,
            ReplyMeaning.Stop => language.Common.SmsStopped,
            _ => null,
        };
        var contact =
            creditor.Phone is null || SmsLinks.AreForbidden(country: null, reply.From)
                ? creditor.Email
                : $"{creditor.Email}, {creditor.Phone}";
        var values = new Dictionary<string, IReadOnlyList<TextSpan>>
        {
            ["company"] = [TextSpan.FirstStrong(creditor.Company)],
            ["contact"] = [TextSpan.Ltr(contact)],
        };
        var text = phrase?.Fill(values, language.RightToLeft).ToPlain();
        return new XElement("Response", text is null ? null : new XElement("Message", Gsm7.Normalise(text))).ToString(
            SaveOptions.DisableFormatting
        );
    }
}
