namespace Dunning.Http.Validation;

/// <summary>
/// One validation error of a request: the field (RFC 6901 pointer as a fragment, such as <c>#/dueDate</c>), a stable
/// code, and a text that says what to correct.
/// </summary>
public sealed record FieldProblem(string Pointer, string Code, string Detail);
