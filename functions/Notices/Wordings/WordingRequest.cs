using Dunning.Http;
using Dunning.Notices.Localization;
using Microsoft.AspNetCore.Http;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Notices.Wordings;

/// <summary>The body of a change of texts, or of its preview.</summary>
/// <param name="AnyLanguage">A text may read like another language: the names of products do, say.</param>
/// <param name="Invoice">Of a preview: the id of the invoice that the messages are about.</param>
/// <param name="PersonalLine">Of a preview: a line that is not stored.</param>
internal sealed record WordingRequest(
    string By,
    IReadOnlyDictionary<string, string> Phrases,
    bool AnyLanguage,
    string? Invoice,
    string? PersonalLine
)
{
    public const string InvalidTitle = "The texts cannot be used";

    /// <summary>More than a language has.</summary>
    private const int MaxPhrases = 500;

    private const int MaxLength = 1000;

    /// <summary>All texts of a language in its own letters, or escaped.</summary>
    private const int MaxBytes = 256 * 1024;

    /// <param name="language">The texts are checked as such of this language.</param>
    public static async Task<(WordingRequest? Value, ApiResult? Error)> ReadAsync(
        HttpRequest request,
        Language language,
        bool isPreview,
        CancellationToken cancellationToken
    )
    {
        var (body, error) = await RequestBody.ReadJsonAsync(request, cancellationToken, MaxBytes);
        if (error is not null)
            return (null, error);
        var (change, invalid) = JsonBody.Read(body, InvalidTitle, json => Read(json, isPreview));
        return change is not null && WordingCheck.Check(language, change) is { Count: > 0 } problems
            ? (null, ApiResult.Invalid(InvalidTitle, problems))
            : (change, invalid);
    }

    private static WordingRequest Read(JsonFields json, bool isPreview) =>
        new(
            isPreview ? json.Optional("by", Line(100)) ?? "" : json.Required("by", Line(100)),
            json.Map("phrases", MaxPhrases, key: Line(100), value: Line(MaxLength)),
            json.Optional("anyLanguage", Flag) ?? false,
            isPreview ? json.Required("invoice", Line(64)) : null,
            isPreview ? json.Optional("personalLine", PersonalText) : null
        );
}
