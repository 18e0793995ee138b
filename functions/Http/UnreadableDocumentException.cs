namespace Dunning.Http;

/// <summary>
/// The bytes are not a document in a supported format. Carries the HTTP status and the problem type (RFC 9457).
/// </summary>
internal sealed class UnreadableDocumentException(int status, string problem, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>
    /// Suffix of the problem type: <c>malformed-json</c>, <c>malformed-xml</c>, <c>unsupported-document</c>,
    /// <c>too-large</c>.
    /// </summary>
    public string Problem { get; } = problem;

    /// <param name="title">For people, for example "The body cannot be read".</param>
    public ApiResult ToProblem(string title) => ApiResult.Problem(Status, Problem, title, Message);
}
