using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Actions;

/// <summary>
/// <c>/api/dashboard/do-many</c>: an action on the chosen invoices, or on all open invoices of the chosen customers.
/// GET shows the form; the first POST says what will happen and changes nothing; the second one does it.
/// </summary>
public sealed class ShowBulkAction(DashboardRequests requests, PageActions actions, BulkChanges changes)
{
    private const string Route = "dashboard/do-many";

    [Function(nameof(ShowBulkAction))]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowToOwnerAsync(
            request,
            async context =>
                await FindAsync(BulkChoice.Read(request.Query), cancellationToken) is { } found
                    ? Pages.Show<BulkPage>(context, found.View with { IsChecked = found.Action.Fields.Count == 0 })
                    : NotFound(context),
            cancellationToken
        );

    [Function("PostBulkAction")]
    public Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                if (await FindAsync(BulkChoice.Read(form), cancellationToken) is not { } found)
                    return NotFound(context);
                var input = ActionInput.Create(
                    found.Action,
                    "",
                    new ActionSubject("", ""),
                    form,
                    context.Session!.Name
                );
                var view = found.View with { Values = form };
                return form.GetValueOrDefault("confirmed") == "yes"
                    ? await RunAsync(context, view, (found.Action, input.Body), cancellationToken)
                    : await CheckAsync(context, view, (found.Action, input.Body), cancellationToken);
            },
            cancellationToken
        );

    private async Task<(PageAction Action, BulkView View)?> FindAsync(
        BulkChoice choice,
        CancellationToken cancellationToken
    )
    {
        if (!PageActions.ForMany.Contains(choice.Action) || actions.Find(choice.Action) is not { } action)
            return null;
        var selections = await changes.FindAsync(choice.Invoices, choice.Customers, cancellationToken);
        var view = new BulkView(action.Form, selections, choice.ReturnTo);
        return (
            action,
            view.Invoices is [var first, ..]
                ? view with
                {
                    Subject = await action.FindSubject(first.Id.ToString(), cancellationToken),
                }
                : view
        );
    }

    private async Task<IResult> CheckAsync(
        PageContext context,
        BulkView view,
        (PageAction Action, JsonObject Body) asked,
        CancellationToken cancellationToken
    )
    {
        var (decide, invalid) = asked.Action.Change!.Read(JsonSerializer.SerializeToUtf8Bytes(asked.Body));
        if (decide is null)
            return Pages.Show<BulkPage>(
                context,
                view with
                {
                    Problems = ApiCall.ProblemsOf(invalid!),
                },
                invalid!.Status
            );
        List<BulkPreview> previews = [];
        foreach (var selection in view.Selections)
            previews.Add(await changes.PreviewAsync(selection, decide, cancellationToken));
        return Pages.Show<BulkPage>(
            context,
            view with
            {
                IsChecked = true,
                Previews = previews,
                Refusals = [.. previews.SelectMany(preview => preview.Refusals)],
            }
        );
    }

    private static async Task<IResult> RunAsync(
        PageContext context,
        BulkView view,
        (PageAction Action, JsonObject Body) asked,
        CancellationToken cancellationToken
    )
    {
        var refusals = await BulkChanges.RunAsync(view.Selections, asked.Action, asked.Body, cancellationToken);
        return refusals.Count == 0
            ? Pages.SeeOther(Pages.With(view.ReturnTo, "done", "many"))
            : Pages.Show<BulkPage>(context, view with { IsDone = true, Refusals = refusals });
    }

    private static IResult NotFound(PageContext context) =>
        DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");
}
