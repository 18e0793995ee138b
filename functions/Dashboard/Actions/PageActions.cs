namespace Dunning.Dashboard.Actions;

/// <summary>All actions of the pages, by the name in their address.</summary>
public sealed class PageActions(
    InvoiceActions invoices,
    CustomerActions customers,
    SettingsActions settings,
    ToDoActions todo,
    ReplyActions replies,
    CallActions calls
)
{
    /// <summary>Names of the actions that make sense for many invoices at once.</summary>
    internal static readonly IReadOnlyList<string> ForMany = ["hold", "resume", "remind", "choosePolicy"];

    internal PageAction? Find(string name) =>
        new[] { invoices.All, invoices.OfParts, customers.All, settings.All, todo.All, replies.All, calls.All }
            .SelectMany(actions => actions)
            .FirstOrDefault(action => action.Name == name);
}
