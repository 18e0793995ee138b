using Dunning.Http;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Wordings;

/// <summary>
/// <c>GET /api/manage/policies/{policy}/phrases/{language}</c>: the creditor's own texts in all their versions, the
/// newest first, and the shipped texts by their keys.
/// </summary>
public sealed class GetWording(WordingTable table, DunningRules rules)
{
    [Function(nameof(GetWording))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/policies/{policy}/phrases/{language}")]
            HttpRequest request,
        string policy,
        string language,
        CancellationToken cancellationToken
    )
    {
        if (WordingRoute.Find(rules, policy, language) is not { } found)
            return WordingRoute.NotFound;
        List<WordingView> versions = [];
        await foreach (var wording in table.ReadAllAsync(policy, found.Tag, cancellationToken))
            versions.Add(WordingView.Create(wording, []));
        return ApiResult.Ok(new { Versions = versions, Shipped = LanguageFile.TextsOf(found) });
    }
}
