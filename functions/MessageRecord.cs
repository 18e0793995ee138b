using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning;

/// <summary>The content of a queue message.</summary>
public abstract record MessageRecord : StoredRecord
{
    /// <inheritdoc cref="Schemas.Current"/>
    /// <exception cref="NewerSchemaException">
    /// A later release wrote the message. It is retried, and then waits at <c>GET /api/manage/recover</c>.
    /// </exception>
    public int Schema
    {
        get;
        init => field = Schemas.Check(value, "The queue message");
    } = Schemas.Current;
}
