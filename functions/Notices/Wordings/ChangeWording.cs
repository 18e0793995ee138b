using Dunning.Http;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Wordings;

/// <summary>
/// <c>PUT /api/manage/policies/{policy}/phrases/{language}</c> with
/// <c>{"by": "Maya", "phrases": {"letters.friendly.request": "…"}}</c>: the creditor's own texts for the messages of a
/// policy, in place of all earlier ones. None goes back to the shipped texts.
/// </summary>
public sealed class ChangeWording(WordingTable table, WordedLanguages languages, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(ChangeWording))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "put", Route = "manage/policies/{policy}/phrases/{language}")]
            HttpRequest request,
        string policy,
        string language,
        CancellationToken cancellationToken
    )
    {
        if (WordingRoute.Find(rules, policy, language) is not { } found)
            return WordingRoute.NotFound;
        var (change, error) = await WordingRequest.ReadAsync(request, found, isPreview: false, cancellationToken);
        if (change is null)
            return error!;
        var before = await table.ReadAsync(policy, found.Tag, cancellationToken);
        var after = new Wording(
            policy,
            found.Tag,
            (before?.Version ?? 0) + 1,
            clock.GetUtcNow(),
            change.By,
            change.Phrases
        );
        if (!await table.TryAddAsync(after, cancellationToken))
            return ApiResult.Problem(
                StatusCodes.Status409Conflict,
                "changed-meanwhile",
                "The texts were changed meanwhile",
                "Read them again with GET, then send the change again."
            );
        languages.Forget(policy, found.Tag);
        return ApiResult.Ok(WordingView.Create(after, WordingCheck.Warnings(found, change)));
    }
}
