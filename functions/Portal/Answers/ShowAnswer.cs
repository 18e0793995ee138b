using Dunning.Html;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Portal.Answers;

/// <summary>
/// <c>/api/portal/{token}/answer/{kind}</c>: the form of an answer, a page that says what will happen, and, when that
/// is confirmed, the change.
/// </summary>
public sealed class ShowAnswer(
    PortalRequests requests,
    ReceivablesTable receivables,
    AnswerChanges answers,
    OneClickUnsubscribe unsubscribe,
    PortalKey key,
    TimeProvider clock
)
{
    [Function(nameof(ShowAnswer))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "portal/{token}/answer/{kind}")]
            HttpRequest request,
        string token,
        string kind,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            token,
            async visit =>
                AnswerForm.Find(kind) is { } form
                    ? Show(await ModelAsync(form, visit, AnswerOptions.FirstValues(form, visit), cancellationToken))
                    : requests.Gone(request, token),
            cancellationToken
        );

    [Function("PostAnswer")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "portal/{token}/answer/{kind}")] HttpRequest request,
        string token,
        string kind,
        CancellationToken cancellationToken
    ) =>
        (
            kind == PageWords.CodeOf(AnswerKind.Preferences)
                ? await unsubscribe.TryAsync(request, token, cancellationToken)
                : null
        )
        ?? await requests.ChangeAsync(
            request,
            token,
            async (visit, values) =>
            {
                if (AnswerForm.Find(kind) is not { } form)
                    return requests.Gone(request, token);
                var check = values.GetValueOrDefault(AnswerCheck.Field);
                var given = new PostedAnswer(values, visit.Link, Ids.Hash('a', check ?? ""));
                var result = AnswerCheck.Read(key, check, TextOf(visit, form, values), clock.GetUtcNow());
                var answered =
                    result is AnswerCheckResult.Confirmed
                        ? await ConfirmAsync(form, given, visit, cancellationToken)
                        : await CheckAsync(form, given, visit, result, cancellationToken);
                return answered ?? requests.Gone(request, token);
            },
            cancellationToken
        );

    private async Task<IResult?> ConfirmAsync(
        AnswerForm form,
        PostedAnswer given,
        PortalVisit visit,
        CancellationToken cancellationToken
    )
    {
        if (await answers.GiveAsync(form, given, visit, cancellationToken) is not { NamesForeignRow: false } decision)
            return null;
        return decision.Problems.Count == 0
            ? PageResult.SeeOther(visit.Page.PathOf("", ("done", PageWords.CodeOf(form.Kind))))
            : Refuse(await ModelAsync(form, visit, given.Values, cancellationToken), decision);
    }

    /// <returns>Null for a form that no page of ours offers.</returns>
    private async Task<IResult?> CheckAsync(
        AnswerForm form,
        PostedAnswer given,
        PortalVisit visit,
        AnswerCheckResult result,
        CancellationToken cancellationToken
    )
    {
        var replies = await receivables.ReadRepliesAsync(visit.Account.Id, cancellationToken);
        var decision = answers.Preview(form, given, visit, replies);
        if (decision.NamesForeignRow)
            return null;
        var model = await ModelAsync(form, visit, given.Values, cancellationToken);
        if (decision.Problems.Count > 0)
            return Refuse(model, decision);
        return Show(
            model with
            {
                Effects = decision.Effects,
                // Confirmed again a moment later, it counts.
                Check =
                    result is AnswerCheckResult.TooEarly
                        ? given.Values[AnswerCheck.Field]
                        : AnswerCheck.Create(key, TextOf(visit, form, given.Values), clock.GetUtcNow()),
                Note = result switch
                {
                    AnswerCheckResult.TooEarly => "check.tooEarly",
                    AnswerCheckResult.TooLate => "check.tooLate",
                    _ => null,
                },
            }
        );
    }

    private async Task<AnswerView> ModelAsync(
        AnswerForm form,
        PortalVisit visit,
        IReadOnlyDictionary<string, string> values,
        CancellationToken cancellationToken
    ) =>
        new(visit, form.Kind, form.Fields, values)
        {
            Options = AnswerOptions.For(
                form,
                visit,
                form.Kind is AnswerKind.TakeBack
                    ? await receivables.ReadRepliesAsync(visit.Account.Id, cancellationToken)
                    : []
            ),
        };

    private static IResult Refuse(AnswerView model, AnswerDecision decision) =>
        Show(model with { Problems = decision.Problems }, StatusCodes.Status422UnprocessableEntity);

    private static IResult Show(AnswerView model, int status = StatusCodes.Status200OK) =>
        PortalPage.Show<AnswerPage>(model.Visit.Page, model, status);

    /// <summary>
    /// What the check page is about: nothing of it can be changed between the page and its confirmation.
    /// </summary>
    private static string TextOf(PortalVisit visit, AnswerForm form, IReadOnlyDictionary<string, string> values) =>
        string.Join(
            '\n',
            form.Fields.Select(field =>
                    $"{field.Name}={values.GetValueOrDefault(field.Name, "").ReplaceLineEndings("\\n")}"
                )
                .Prepend($"{visit.Account.Id} {visit.Link} {form.Kind}")
        );
}
