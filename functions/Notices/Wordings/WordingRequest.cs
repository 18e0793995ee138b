using Dunning.Http;
using Dunning.Http.Validation;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Notices.Wordings;

/// <summary>The body of a change of texts, or of its preview.</summary>
/// <param name="AnyLanguage">A text may read like another language: the names of products do, say.</param>
/// <param name="Invoice">Of a preview: the id of the invoice that the messages are about.</param>
internal sealed record WordingRequest(
    string By,
    IReadOnlyDictionary<string, string> Phrases,
    bool AnyLanguage,
    string? Invoice
)
{
    public const string InvalidTitle = "The texts cannot be used";

    /// <summary>More than a language has.</summary>
    private const int MaxPhrases = 500;

    private const int MaxLength = 1000;

    public static WordingRequest Read(JsonFields json, bool isPreview) =>
        new(
            isPreview ? json.Optional("by", Line(100)) ?? "" : json.Required("by", Line(100)),
            json.Map("phrases", MaxPhrases, key: Line(100), value: Line(MaxLength)),
            json.Optional("anyLanguage", Flag) ?? false,
            isPreview ? json.Required("invoice", Line(64)) : null
        );
}
