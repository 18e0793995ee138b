using Dunning.Http;
using Dunning.Notices.Localization;
using Dunning.Policies;

namespace Dunning.Notices.Wordings;

/// <summary>What the addresses of own texts name.</summary>
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
