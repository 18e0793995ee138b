using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>Id of a dunning step in its policy, such as <c>friendly</c>.</summary>
[JsonConverter(typeof(IdConverter<StepId>))]
public readonly record struct StepId(string Value) : IId<StepId>
{
    public static StepId Create(string value) => new(value);

    public override string ToString() => Value;
}
