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

    public static NoticeId Create(string value) => new(value);

    public override string ToString() => Value;
}
