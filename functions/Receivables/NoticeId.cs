using System.Globalization;
using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// Id of a notice, unique within its customer: the instant of planning, a hyphen, and the channel or task.
/// </summary>
[JsonConverter(typeof(IdConverter<NoticeId>))]
public readonly record struct NoticeId(string Value) : IId<NoticeId>
{
    /// <summary>The part that all notices of one planning transaction share.</summary>
    public string Plan => Value.Split('-')[0];

    /// <param name="planned">
    /// Not the customer's date: that may occur twice when the customer's time zone changes.
    /// </param>
    /// <param name="subject">The channel or task, and what it is about.</param>
    public static NoticeId At(DateTimeOffset planned, string subject) => new($"{PlanAt(planned)}-{subject}");

    /// <summary>Where the same subject must give the same id all day, however often it is planned.</summary>
    public static NoticeId OnDay(DateTimeOffset planned, string subject) =>
        new($"{planned.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{subject}");

    /// <summary>See <see cref="Plan"/>.</summary>
    public static string PlanAt(DateTimeOffset planned) =>
        planned.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public static NoticeId Create(string value) => new(value);

    public override string ToString() => Value;
}
