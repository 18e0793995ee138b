using Microsoft.AspNetCore.Http;

namespace Dunning.Local.MailViewer;

/// <summary>One email: its headers, the HTML as a mail client shows it, and the plain text.</summary>
internal static class MailPage
{
    public static IResult Show(SentEmail mail) =>
        Page.Show(
            mail.Subject,
            Html.From(
                $"""
                <header>
                <a class="back" href="/outbox">← Outbox</a>
                <h1 dir="auto">{mail.Subject}</h1>
                <p>{OutboxPage.Day(mail.SentAt)}, {OutboxPage.Time(mail.SentAt)}</p>
                </header>
                <main>
                <section class="card"><table>{Html.Join(
                    HeadersOf(mail).Where(h => h.Value.Length > 0).Select(Row)
                )}</table></section>
                <div class="sides">
                <section><h2>HTML</h2><div class="card">{Rendered(mail)}</div></section>
                <section><h2>Plain text</h2><div class="card"><pre dir="auto">{mail.Plain
                    ?? "This email has no plain text."}</pre></div></section>
                </div>
                <section class="card says">
                <form method="post" action="/outbox/{mail.Id}/answer"><label>Reply as the recipient <input name="text" value="Which order was that?"></label><button>Send</button></form>
                <form method="post" action="/outbox/{mail.Id}/report"><label>Delivery status <select name="status">
                <option>Delivered</option><option>Bounced</option><option>Suppressed</option><option>Failed</option><option>Quarantined</option><option>FilteredSpam</option>
                </select></label><button>Report</button></form></section>
                </main>
                """
            )
        );

    private static IEnumerable<(string Name, string Value)> HeadersOf(SentEmail mail) =>
        [
            ("From", mail.From),
            ("To", string.Join(", ", mail.To)),
            ("Cc", string.Join(", ", mail.Cc)),
            ("Bcc", string.Join(", ", mail.Bcc)),
            ("Reply-To", string.Join(", ", mail.ReplyTo)),
            .. mail.Headers.Select(header => (header.Key, header.Value)),
            ("Attachments", string.Join(", ", mail.Attachments.Select(a => a.Name))),
            ("Operation", mail.Id),
        ];

    private static Html Row((string Name, string Value) header) =>
        Html.From($"<tr><th scope=\"row\">{header.Name}</th><td dir=\"auto\">{header.Value}</td></tr>");

    /// <summary>
    /// The sandbox allows no scripts, forms or navigation, and the page's content security policy applies inside, too.
    /// <c>allow-same-origin</c> keeps the frame in the page's process: screenshots of headless browsers miss other
    /// frames.
    /// </summary>
    private static Html Rendered(SentEmail mail) =>
        mail.Html is null
            ? Html.From($"<pre>This email has no HTML.</pre>")
            : Html.From(
                $"""
                <iframe sandbox="allow-same-origin" title="The email as HTML" srcdoc="{WithImages(mail)}"></iframe>
                """
            );

    /// <summary>The pictures themselves in place of their ids.</summary>
    private static string WithImages(SentEmail mail) =>
        mail
            .Attachments.Where(a => a.ContentId is not null)
            .Aggregate(
                mail.Html!,
                (html, a) =>
                    html.Replace(
                        $"cid:{a.ContentId}",
                        $"data:{a.ContentType};base64,{a.ContentInBase64}",
                        StringComparison.Ordinal
                    )
            );
}
