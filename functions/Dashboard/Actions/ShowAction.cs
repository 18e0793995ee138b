using System.Text.Json;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Actions;

/// <summary>
/// <c>/api/dashboard/do/{action}/{id}</c>: GET shows the form; the first POST says what will happen and changes
/// nothing; the second one, with the confirmation, calls the function of the API and leads back to the page.
/// </summary>
public sealed class ShowAction(
    DashboardRequests requests,
    PageActions actions,
    ReceivablesTable receivables,
    RequestedChanges changes,
    Forecasts forecasts
)
{
    [Function(nameof(ShowAction))]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/do/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                if (await FindAsync(name, id, cancellationToken) is not ({ } action, { } subject))
                    return DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");
                if (!context.IsOwner)
                    return DashboardRequests.Refused(context, StatusCodes.Status403Forbidden, "error.reader");
                var proposed = subject.Proposed.ToDictionary();
                foreach (var field in action.Fields.Where(field => request.Query.ContainsKey(field.Name)))
                    proposed[field.Name] = request.Query[field.Name].ToString();
                return Pages.Show<ActionPage>(
                    context,
                    new ActionView(action.Form, id, subject, proposed, IsChecked: action.Fields.Count == 0)
                    {
                        RequestId = Guid.NewGuid().ToString("N"),
                        Item = request.Query["item"].ToString() is { Length: > 0 } item ? item : subject.Item,
                    }
                );
            },
            cancellationToken
        );

    [Function("PostAction")]
    public Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                if (await FindAsync(name, id, cancellationToken) is not ({ } action, { } subject))
                    return DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");
                var input = ActionInput.Create(action, id, subject, form, context.Session!.Name);
                var model = new ActionView(action.Form, id, subject, form, IsChecked: false)
                {
                    RequestId = input.RequestId,
                    Item = input.Item,
                };
                if (form.GetValueOrDefault("confirmed") != "yes")
                    return await CheckAsync(context, model, (action.Change, input), cancellationToken);
                // What the person saw of the effect no longer holds.
                if (action.Change is not null && RevisionOf(form) != subject.Revision)
                    return await CheckAsync(
                        context,
                        model with
                        {
                            Meanwhile = await ReadEventsAsync(id, RevisionOf(form), cancellationToken),
                        },
                        (action.Change, input),
                        cancellationToken
                    );
                return Answer(context, model, await action.Run(input, cancellationToken));
            },
            cancellationToken
        );

    private async Task<(PageAction?, ActionSubject?)> FindAsync(
        string name,
        string id,
        CancellationToken cancellationToken
    ) => actions.Find(name) is { } action ? (action, await action.FindSubject(id, cancellationToken)) : (null, null);

    private static int RevisionOf(IReadOnlyDictionary<string, string> form) =>
        PageForm.NumberOf(form.GetValueOrDefault("revision")) ?? 0;

    /// <summary>Newest first.</summary>
    private async Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(
        string id,
        int revision,
        CancellationToken cancellationToken
    ) =>
        InvoiceId.TryParse(id, out var invoiceId)
            ?
            [
                .. (await receivables.ReadEventsAsync(invoiceId, cancellationToken))
                    .Where(e => e.Snapshot?.Revision > revision)
                    .Reverse(),
            ]
            : [];

    private async Task<IResult> CheckAsync(
        PageContext context,
        ActionView model,
        (ChangeRequest? Change, ActionInput Input) asked,
        CancellationToken cancellationToken
    )
    {
        var (change, input) = asked;
        if (MissingIn(context, model) is { Count: > 0 } missing)
            return Form(context, model, missing, StatusCodes.Status422UnprocessableEntity);
        if (change is null)
            return Pages.Show<ActionPage>(context, model with { IsChecked = true });
        var (decide, invalid) = change.Read(JsonSerializer.SerializeToUtf8Bytes(input.Body));
        if (decide is null)
            return Form(context, model, ApiCall.ProblemsOf(invalid!), invalid!.Status);
        if (await changes.PreviewAsync(input.Id, decide, cancellationToken) is not var (decidedIn, account, decision))
            return DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");
        if (decision.Error is { } error)
            return Form(context, model, ApiCall.ProblemsOf(error), error.Status);
        // Sent twice: it was made by the first request.
        if (model.Meanwhile.Count > 0 && decision.Transaction is null)
            return Pages.SeeOther(Pages.With(model.Subject.ReturnTo, "done", model.Form.Name));
        var preview = decision.Transaction is { } transaction
            ? await forecasts.PreviewAsync(
                account,
                [
                    _ => transaction,
                    // Where reminders waited for an answer, they go on.
                    changed => StepRecalculation.Decide(decidedIn with { Customer = changed.Customer.Value }, changed),
                ],
                cancellationToken
            )
            : null;
        return Pages.Show<ActionPage>(
            context,
            model with
            {
                IsChecked = true,
                Warnings = decision.Warnings,
                Preview = preview,
                Message = preview?.FirstMessage is { } first
                    ? await forecasts.RenderAsync(first, cancellationToken)
                    : null,
            }
        );
    }

    private static IResult Answer(PageContext context, ActionView model, IResult result)
    {
        if (result is not ApiResult answer || answer.Status < StatusCodes.Status400BadRequest)
            return Pages.SeeOther(Pages.With(model.Subject.ReturnTo, "done", model.Form.Name));
        return answer.IsReminderInFlight
            ? Pages.SeeOther(Pages.With(model.Subject.ReturnTo, "done", "inFlight"))
            : Form(context, model, ApiCall.ProblemsOf(answer), answer.Status);
    }

    private static IReadOnlyList<FieldProblem> MissingIn(PageContext context, ActionView model) =>
        [
            .. model
                .Form.Fields.Where(field => field.IsRequired && model.ValueOf(field).Trim().Length == 0)
                .Select(field => new FieldProblem("#/" + field.Name, "required", context.Words["form.required"])),
        ];

    private static IResult Form(
        PageContext context,
        ActionView model,
        IReadOnlyList<FieldProblem> problems,
        int status
    ) => Pages.Show<ActionPage>(context, model with { Problems = problems }, status);
}
