using System.Globalization;
using System.Text.Json;
using System.Web;

namespace Dunning.Tests.Faults;

/// <summary>
/// A message that a provider accepted. Each accepted request counts, also one that repeats a known Operation-Id.
/// </summary>
/// <param name="ReceivedAt">
/// When its request reached the provider (<see cref="System.Diagnostics.Stopwatch"/> ticks).
/// </param>
/// <param name="SentOn">UTC date of the host's clock.</param>
public sealed record AcceptedMessage(string Recipient, string Subject, bool IsSms, long ReceivedAt, DateOnly SentOn)
{
    public static AcceptedMessage From(OutgoingRequest request, long receivedAt, DateTimeOffset now)
    {
        var sentOn = DateOnly.FromDateTime(now.UtcDateTime);
        if (request.IsSms)
        {
            var form = HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(request.Body));
            return new(form["To"]!, form["Body"]!, true, receivedAt, sentOn);
        }
        using var mail = JsonDocument.Parse(request.Body);
        var to = mail.RootElement.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString()!;
        return new(
            to,
            mail.RootElement.GetProperty("content").GetProperty("subject").GetString()!,
            false,
            receivedAt,
            sentOn
        );
    }

    /// <summary>Of a letter or call; null for what a provider accepted.</summary>
    public NoticeKey? ByPerson { get; init; }

    public NoticeKey Notice =>
        ByPerson is { } known ? known
        : IsSms ? new(int.Parse(Recipient[^2..], CultureInfo.InvariantCulture), "sms", NoticeKey.Day(SentOn))
        : new(
            int.Parse(
                Recipient.AsSpan(Recipient.IndexOf('@', StringComparison.Ordinal) - 2, 2),
                CultureInfo.InvariantCulture
            ),
            Recipient.StartsWith("debtor", StringComparison.Ordinal) ? "email" : "escalation",
            Subject.StartsWith("Thank", StringComparison.Ordinal) ? "thanks"
                : Subject.Contains("payment plan", StringComparison.Ordinal) ? "plan"
                : Subject.StartsWith("Re:", StringComparison.Ordinal) ? "answer"
                : NoticeKey.Day(SentOn)
        );
}

/// <summary>
/// Identifies a notice across runs: customer, channel, and the date sentOn which its step fell due ("thanks" for a
/// thank-you notice, "plan" for the confirmation of a payment plan, "answer" for an answer to a reply).
/// </summary>
public sealed record NoticeKey(int Customer, string Channel, string Step)
{
    public static string Day(DateOnly sentOn) => sentOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
