using System.Globalization;
using System.Text.Json;
using System.Web;

namespace Dunning.Tests.Faults;

/// <summary>A message that a provider accepted. Every acceptance counts, one with a known Operation-Id too.</summary>
/// <param name="BeganAt">When its request reached the provider (ticks of a stopwatch).</param>
/// <param name="On">UTC date of the product's clock.</param>
public sealed record Delivery(string Recipient, string Subject, bool IsText, long BeganAt, DateOnly On)
{
    public static Delivery From(Passage sending, long beganAt, DateTimeOffset now)
    {
        var on = DateOnly.FromDateTime(now.UtcDateTime);
        if (sending.IsText)
        {
            var form = HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(sending.Body));
            return new(form["To"]!, form["Body"]!, true, beganAt, on);
        }
        using var mail = JsonDocument.Parse(sending.Body);
        var to = mail.RootElement.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString()!;
        return new(to, mail.RootElement.GetProperty("content").GetProperty("subject").GetString()!, false, beganAt, on);
    }

    public NoticeName Name =>
        IsText
            ? new(int.Parse(Recipient[^2..], CultureInfo.InvariantCulture), "sms", NoticeName.Day(On))
            : new(
                int.Parse(
                    Recipient.AsSpan(Recipient.IndexOf('@', StringComparison.Ordinal) - 2, 2),
                    CultureInfo.InvariantCulture
                ),
                Recipient.StartsWith("debtor", StringComparison.Ordinal) ? "email" : "escalation",
                Subject.StartsWith("Thank", StringComparison.Ordinal) ? "thanks" : NoticeName.Day(On)
            );
}

/// <summary>
/// Which notice it is, the same in every run: customer, channel, and the day whose step it speaks for.
/// </summary>
public sealed record NoticeName(int Customer, string Channel, string Step)
{
    public static string Day(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
