using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.Actions;

/// <summary>
/// Something that an owner can do on a page: a form, a page that says what will happen, and the function of the API
/// that does it.
/// </summary>
/// <param name="Name">In the address, and of its words.</param>
internal sealed record PageAction(string Name, params IReadOnlyList<ActionField> Fields)
{
    public ActionForm Form => new(Name, Fields);

    /// <summary>Null when there is no such subject.</summary>
    public required Func<string, CancellationToken, Task<ActionSubject?>> FindSubject { get; init; }

    public required Func<ActionInput, CancellationToken, Task<IResult>> Run { get; init; }

    /// <summary>For a change that can be decided without being made: its effect is shown before.</summary>
    public ChangeRequest? Change { get; init; }

    /// <summary>Of an action about an invoice: whether the invoice's page offers it.</summary>
    public Func<DunningContext, Invoice, bool> IsOffered { get; init; } = (_, _) => false;
}
