using Microsoft.AspNetCore.Http;

namespace Dunning.Local.MailViewer;

/// <summary>One SMS, as on a phone.</summary>
internal static class SmsPage
{
    public static IResult Show(SentSms sms) =>
        Page.Show(
            $"SMS to {sms.To}",
            Html.From(
                $"""
                <header>
                <a class="back" href="/outbox">← Outbox</a>
                <h1>SMS to {sms.To}</h1>
                <p>{OutboxPage.Encoding(sms)} · {sms.Body.Length} characters · {sms.Sid}</p>
                </header>
                <main>
                <section class="phone">
                <div class="sender">{sms.From}</div>
                <div class="when">{OutboxPage.Day(sms.SentAt)}, {OutboxPage.Time(sms.SentAt)}</div>
                <div class="bubble" dir="auto">{sms.Body}</div>
                </section>
                <section class="card says">
                <form method="post" action="/outbox/{sms.Sid}/answer"><label>Reply as the recipient <input name="text" value="STOP"></label><button>Send</button></form>
                <form method="post" action="/outbox/{sms.Sid}/report"><label>Delivery status <select name="status">
                <option>delivered</option><option value="30005">undelivered: unknown destination (30005)</option><option value="30003">undelivered: phone unreachable (30003)</option>
                </select></label><button>Report</button></form>
                </section>
                </main>
                """
            )
        );
}
