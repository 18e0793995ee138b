using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Dunning.Local.MailViewer;

/// <summary>All sent messages, newest first, grouped by day.</summary>
internal static class OutboxPage
{
    private static readonly Html _empty = Html.From(
        $"<p class=\"empty\">Nothing has been sent yet. Reload the page to see new messages.</p>"
    );

    public static IResult Show(SentMessages sent)
    {
        var items = sent.Sent.Reverse().OrderByDescending(item => item.SentAt).ToList();
        var mails = Count(items.OfType<SentEmail>().Count(), "email", "emails");
        var texts = Count(items.OfType<SentSms>().Count(), "text message", "text messages");
        var days = items.GroupBy(item => item.SentAt.UtcDateTime.Date).Select(Day);
        return Page.Show(
            "Outbox",
            Html.From(
                $"""
                <header>
                <h1>Outbox</h1>
                <p>{mails}, {texts} · local clock: {Day(sent.Now)}, {Time(
                    sent.Now
                )} · no message was sent to a real provider</p>
                </header>
                <main>
                {(items.Count > 0 ? Html.Join(days) : _empty)}
                </main>
                """
            )
        );
    }

    public static string Time(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Encoding(SentSms sms) =>
        $"{Count(sms.SegmentCount, "segment", "segments")}, {(sms.IsGsm7 ? "GSM-7" : "UCS-2")}";

    private static string Count(int number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    private static Html Day(IGrouping<DateTime, SentItem> day) =>
        Html.From(
            $"""
            <h2>{day.Key.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)}</h2>
            <section class="card">{Html.Join(
                day.Select(item => item is SentEmail mail ? Row(mail) : Row((SentSms)item))
            )}</section>

            """
        );

    private static Html Row(SentEmail mail) =>
        Html.From(
            $"""
            <a class="row" href="/outbox/{mail.Id}"><span class="time">{Time(mail.SentAt)}</span>
            <span class="badge email">Email</span><span class="who">{Html.Join(mail.To.Select(Recipient))}{Copies(
                mail
            )}</span>
            <span class="what" dir="auto">{mail.Subject}</span><span class="note"></span></a>
            """
        );

    private static Html Row(SentSms sms) =>
        Html.From(
            $"""
            <a class="row" href="/outbox/{sms.Id}"><span class="time">{Time(sms.SentAt)}</span>
            <span class="badge text">SMS</span><span class="who">{sms.To}</span>
            <span class="what sms" dir="auto">{sms.Body}</span><span class="note">{Encoding(sms)}</span></a>
            """
        );

    /// <summary>The name with the address below, or the address alone.</summary>
    private static Html Recipient(string recipient) =>
        recipient.IndexOf(" <", StringComparison.Ordinal) is var at and > 0
            ? Html.From($"{recipient[..at]}<small>{recipient[(at + 2)..^1]}</small>")
            : Html.From($"<span>{recipient} </span>");

    private static Html Copies(SentEmail mail) =>
        mail.Cc is [] ? Html.Nothing : Html.From($"<small>cc {string.Join(", ", mail.Cc)}</small>");
}
