namespace Dunning.Tests.Fixtures;

/// <summary>Emails as they are received, written out.</summary>
public static class MailText
{
    public const string Inbox = "accounts@harbourfinch.example";

    /// <param name="answers">The Message-ID of the message that it answers, with angle brackets.</param>
    /// <param name="headers">More headers, each a line.</param>
    public static string Message(
        string from,
        string text,
        string? answers = null,
        string id = "<1@amberley.example>",
        string subject = "Re: Reminder",
        string type = "text/plain; charset=utf-8",
        params string[] headers
    ) =>
        string.Join(
            "\r\n",
            [
                $"From: {from}",
                $"To: {Inbox}",
                $"Subject: {subject}",
                $"Message-ID: {id}",
                "Date: Thu, 19 Mar 2026 09:30:00 +0000",
                .. answers is null ? Array.Empty<string>() : [$"In-Reply-To: {answers}", $"References: {answers}"],
                .. headers,
                "MIME-Version: 1.0",
                $"Content-Type: {type}",
                "",
                text,
            ]
        );

    /// <param name="parts">Each with its headers, a blank line and its content.</param>
    public static string Multipart(params string[] parts) =>
        string.Concat(parts.Select(part => $"--edge\r\n{part}\r\n")) + "--edge--\r\n";

    public static string Attachment(string name, string content, string type = "application/pdf") =>
        $"Content-Type: {type}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{content}";

    public const string MixedType = "multipart/mixed; boundary=edge";

    /// <summary>What a mail server writes about a message to Tom (RFC 3464).</summary>
    public static string Bounce(string messageId, string action, string status, string id = "<b@mx>") =>
        Message(
            "MAILER-DAEMON@mx.amberley.example",
            Multipart(
                "Content-Type: text/plain\r\n\r\nYour message could not be delivered.",
                "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.amberley.example\r\n\r\n"
                    + $"Final-Recipient: rfc822; tom@amberley.example\r\nAction: {action}\r\nStatus: {status}\r\n"
                    + "Diagnostic-Code: smtp; 550 5.1.1 no such user",
                $"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {messageId}\r\nSubject: Reminder"
            ),
            type: "multipart/report; report-type=delivery-status; boundary=edge",
            id: id
        );
}
