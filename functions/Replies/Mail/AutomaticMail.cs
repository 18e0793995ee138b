using MimeKit;

namespace Dunning.Replies.Mail;

/// <summary>
/// Tells what a program sent from what a person wrote: by RFC 3834 section 5 and by the headers of common programs
/// (Exchange, Gmail, cPanel, vacation). X-Auto-Response-Suppress is no sign: people's messages have it, too.
/// </summary>
internal static class AutomaticMail
{
    private static readonly string[] _headers =
    [
        "X-Autoreply",
        "X-Autorespond",
        "X-Auto-Reply",
        "X-Mail-Autoreply",
        "X-Autoreply-From",
        "X-Vacation",
        "X-FC-MachineGenerated",
        "List-Id",
    ];

    private static readonly string[] _precedences = ["bulk", "junk", "list", "auto_reply"];

    /// <summary>
    /// Exchange puts these before the subject that it answers, and servers on the way remove headers.
    /// </summary>
    private static readonly string[] _subjects =
    [
        "Automatic reply:",
        "Auto reply:",
        "Out of office:",
        "Automatische Antwort:",
        "Abwesenheitsnotiz:",
        "Automatisk svar:",
        "Autosvar:",
        "Réponse automatique",
        "Respuesta automática:",
        "Balasan otomatis:",
        "Balasan automatik:",
        "Автоматический ответ:",
        "Автоответ:",
        "תשובה אוטומטית:",
    ];

    public static bool Is(MimeMessage message) =>
        message.Headers["Auto-Submitted"] is { } submitted && !IsBy(submitted, "no")
        || message.Headers["Precedence"] is { } precedence && _precedences.Any(value => IsBy(precedence, value))
        || _headers.Any(name => message.Headers[name] is not null)
        || message.Headers[HeaderId.ReturnPath]?.Trim() is "<>"
        || message.Body?.ContentType.IsMimeType("multipart", "report") is true
        || _subjects.Any(start => message.Subject?.StartsWith(start, StringComparison.OrdinalIgnoreCase) is true);

    /// <summary>Without parameters and comments.</summary>
    private static bool IsBy(string header, string value) =>
        header.Split(';', '(')[0].Trim().Equals(value, StringComparison.OrdinalIgnoreCase);
}
