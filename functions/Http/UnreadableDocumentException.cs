namespace Dunning.Http;

/// <summary>
/// A request body cannot be read as a document; with the HTTP status and problem type of the response (RFC 9457).
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
