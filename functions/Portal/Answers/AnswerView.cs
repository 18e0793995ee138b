namespace Dunning.Portal.Answers;

/// <summary>What <see cref="AnswerPage"/> shows: the form, or, when it is filled in, what will happen.</summary>
/// <param name="Values">As typed, by the name of the field.</param>
public sealed record AnswerView(
    PortalVisit Visit,
    AnswerKind Kind,
    IReadOnlyList<AnswerField> Fields,
    IReadOnlyDictionary<string, string> Values
)
{
    /// <summary>By the name of the field; a field of which nothing can be chosen is left out.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<AnswerOption>> Options { get; init; }
    public IReadOnlyList<AnswerProblem> Problems { get; init; } = [];

    /// <summary>Null while the form is filled in; on the check page what its form carries.</summary>
    public string? Check { get; init; }

    /// <summary>What will happen.</summary>
    public IReadOnlyList<PortalSentence> Effects { get; init; } = [];

    /// <summary>Why the confirmation did not count; null when it was none.</summary>
    public string? Note { get; init; }

    public IEnumerable<AnswerField> ShownFields =>
        Fields.Where(shown => shown.Kind is not AnswerFieldKind.Choice || Options[shown.Name].Count > 0);

    public string ValueOf(AnswerField field) => Values.GetValueOrDefault(field.Name, "");

    public bool IsChosen(AnswerField field, string value) => ValueOf(field).Split(',').Contains(value);

    public AnswerProblem? ProblemOf(AnswerField field) =>
        Problems.FirstOrDefault(problem => problem.Field == field.Name);

    /// <summary>The words of a field of this form.</summary>
    public static string KeyOf(AnswerField field) =>
        field is { Name: "text", IsRequired: true } ? "field.question" : $"field.{field.Name}";
}
