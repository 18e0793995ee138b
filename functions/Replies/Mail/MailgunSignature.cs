using System.Security.Cryptography;
using System.Text;
using Dunning.Http;

namespace Dunning.Replies.Mail;

/// <summary>
/// Mailgun signs timestamp and token with HMAC-SHA256 (documentation.mailgun.com, "Securing webhooks"). The age of the
/// timestamp does not matter: the same message has no effect twice.
/// </summary>
internal static class MailgunSignature
{
    /// <param name="key">Null when it is not set: then nothing is verified.</param>
    public static bool Verify(PostedMail posted, string? key)
    {
        if (string.IsNullOrEmpty(key) || posted.Pointer != $"#/{PostedMail.Mailgun}")
            return true;
        var signed = posted.Fields.GetValueOrDefault("timestamp", "") + posted.Fields.GetValueOrDefault("token", "");
        var expected = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed))
        );
        return SecretText.AreEqual(expected, posted.Fields.GetValueOrDefault("signature", ""));
    }
}
