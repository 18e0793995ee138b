namespace Dunning.Http.Validation;

/// <summary>
/// One thing wrong with what was sent: where (RFC 6901 pointer as a fragment, such as <c>#/dueDate</c>), what, and how
/// to mend it.
/// </summary>
public sealed record FieldProblem(string Pointer, string Code, string Detail);
