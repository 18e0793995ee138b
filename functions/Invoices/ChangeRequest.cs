using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>Decides about one invoice; pure, so that a page can show what would happen before it does.</summary>
internal delegate ChangeDecision DecideChange(DunningContext context, Versioned<Invoice> invoice);

/// <summary>
/// A kind of change to an invoice that a person can ask for, over HTTP or on a page: it reads the JSON of the request
/// and gives the decision, or the answer to invalid fields.
/// </summary>
internal sealed record ChangeRequest(Func<ReadOnlyMemory<byte>, (DecideChange? Decide, ApiResult? Error)> Read)
{
    /// <param name="title">The title of the problem when fields are invalid.</param>
    /// <param name="whenEmpty">The value of an empty body; null where the body is required.</param>
    public static ChangeRequest Create<T>(
        string title,
        Func<JsonFields, T> read,
        Func<DunningContext, Versioned<Invoice>, T, ChangeDecision> decide,
        T? whenEmpty = null
    )
        where T : class =>
        new(body =>
        {
            var (value, error) = JsonBody.Read(body, title, read, whenEmpty);
            return value is null ? (null, error) : ((context, invoice) => decide(context, invoice, value), null);
        });
}
