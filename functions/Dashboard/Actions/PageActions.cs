namespace Dunning.Dashboard.Actions;

/// <summary>All actions of the pages, by the name in their address.</summary>
public sealed class PageActions(InvoiceActions invoices, SettingsActions settings, ToDoActions todo)
{
    internal PageAction? Find(string name) =>
        invoices.All.Concat(invoices.OfParts).Concat(settings.All).Concat(todo.All).FirstOrDefault(a => a.Name == name);
}
