namespace Dunning.Http;

/// <summary>The bytes are no document that we can read: the problem type and status say why (RFC 9457).</summary>
internal sealed class UnreadableDocumentException(int status, string problem, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>
    /// Suffix of the problem type: <c>malformed-json</c>, <c>malformed-xml</c>, <c>unsupported-document</c>,
    /// <c>too-large</c>.
    /// </summary>
    public string Problem { get; } = problem;
}
