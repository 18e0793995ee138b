using Dunning.Http;
using Dunning.Notices.Localization;
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
        var (change, error) = await WordingRequest.ReadAsync(request, isPreview: false, cancellationToken);
        if (change is null)
            return error!;
        if (WordingCheck.Check(found, change) is { Count: > 0 } problems)
            return ApiResult.Invalid(WordingRequest.InvalidTitle, problems);
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

internal static class WordingRoute
{
    public static ApiResult NotFound => ApiResult.NotFound("policy or language of this name");

    /// <returns>Null for an unknown policy, and for a language without texts.</returns>
    public static Language? Find(DunningRules rules, string policy, string language) =>
        rules.Policies.Has(policy)
            ? Language.Shipped.FirstOrDefault(one =>
                string.Equals(one.Tag, language, StringComparison.OrdinalIgnoreCase)
            )
            : null;
}

/// <param name="Phrases">Only those that differ from the shipped ones.</param>
internal sealed record WordingView(
    int Version,
    DateTimeOffset? At,
    string? By,
    IReadOnlyDictionary<string, string> Phrases
)
{
    /// <summary>Null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public static WordingView Create(Wording wording, IReadOnlyList<string> warnings) =>
        new(wording.Version, wording.At, wording.By, wording.Phrases)
        {
            Warnings = warnings.Count > 0 ? warnings : null,
        };
}
