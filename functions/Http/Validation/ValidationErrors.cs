namespace Dunning.Http.Validation;

/// <summary>
/// Collects all problems and warnings of one document, in reading order, to report them together.
/// </summary>
/// <param name="strict">Unknown fields are problems instead of warnings.</param>
internal sealed class ValidationErrors(bool strict = false)
{
    /// <summary>The maximum number of problems, and likewise of warnings; further ones are dropped.</summary>
    public const int Limit = 100;

    private readonly List<FieldProblem> _problems = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<FieldProblem> Problems => _problems;
    public IReadOnlyList<string> Warnings => _warnings;

    public void Refuse(string pointer, FieldError error) =>
        Add(pointer, error.Code, $"{NameOf(pointer)}: {error.Message}");

    /// <param name="sentence">A complete sentence that names the fields itself.</param>
    public void Add(string pointer, string code, string sentence)
    {
        if (_problems.Count < Limit)
            _problems.Add(new FieldProblem(pointer, code, sentence));
    }

    public void Warn(string sentence)
    {
        if (_warnings.Count < Limit)
            _warnings.Add(sentence);
    }

    /// <summary>
    /// For a field that does not decide what is owed: an invalid value is left out with a warning, and is a problem
    /// only where the sender asked for a strict reading.
    /// </summary>
    public void LeaveOut(string pointer, FieldError error)
    {
        if (strict)
            Refuse(pointer, error);
        else
            Warn($"{pointer} was left out: {error.Message}");
    }

    /// <summary>Like <see cref="LeaveOut"/>, for a value that is kept all the same.</summary>
    public void Doubt(string pointer, FieldError error)
    {
        if (strict)
            Refuse(pointer, error);
        else
            Warn($"{pointer}: {error.Message}");
    }

    /// <param name="suggestion">The known field that was probably meant; null for none.</param>
    public void Unknown(string pointer, string? suggestion)
    {
        var question = suggestion is null ? "" : $"; did you mean {suggestion}?";
        if (strict)
            Add(pointer, "unknown_field", $"Unknown field {pointer}{question}");
        else
            Warn($"Unknown field {pointer} was ignored{question}");
    }

    private static string NameOf(string pointer) => pointer == "#" ? "the document" : pointer[2..].Replace('/', '.');
}
