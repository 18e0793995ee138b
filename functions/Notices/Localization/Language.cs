using System.Collections.Frozen;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>
/// All texts and formats of one language. To add a language, add a file to Languages/.
/// </summary>
internal sealed record Language
{
    private const string Fallback = "en";

    /// <summary>BCP 47 tag, as in <c>Content-Language</c> and <c>lang</c>.</summary>
    public required string Tag { get; init; }
    public required bool RightToLeft { get; init; }

    /// <summary>As in <c>dir</c> of HTML.</summary>
    public string Direction => RightToLeft ? "rtl" : "ltr";

    /// <summary>The side on which lines start: left or right.</summary>
    public string Start => RightToLeft ? "right" : "left";
    public string End => RightToLeft ? "left" : "right";
    public required DatePattern LongDate { get; init; }

    /// <summary>For SMS.</summary>
    public required DatePattern ShortDate { get; init; }
    public required MoneyPattern Money { get; init; }
    public required IReadOnlyDictionary<LabelKey, string> Labels { get; init; }
    public required CommonPhrases Common { get; init; }
    public required IReadOnlyDictionary<NoticeTone, LetterPhrases> Letters { get; init; }

    public required AgreementPhrases Agreements { get; init; }
    public required ChargePhrases Charges { get; init; }
    public required FormalLetterPhrases FormalLetters { get; init; }
    public required TaskPhrases Tasks { get; init; }
    public required PagePhrases Dashboard { get; init; }
    public required PagePhrases Portal { get; init; }

    /// <summary>For every tone that is sent by SMS: tasks, plans, collections and statements are not.</summary>
    public required IReadOnlyDictionary<NoticeTone, SmsPhrases> Sms { get; init; }

    private static readonly Lazy<FrozenDictionary<string, Language>> _all = new(() =>
        EmbeddedText
            .ReadAll(LanguageFile.Folder)
            .Select(file => LanguageFile.Read(file.Text, file.Name))
            .ToFrozenDictionary(language => language.Tag, StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>
    /// All languages. Read at start-up, so that an incomplete file stops the start.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// A language file is incomplete or invalid; the message names the file and the key.
    /// </exception>
    public static IReadOnlyCollection<Language> Shipped => _all.Value.Values;

    /// <summary>The language of a tag, else of its first part (<c>da</c> for <c>da-DK</c>), else English.</summary>
    public static Language For(string? tag) =>
        LocaleFallback.TagsOf(tag ?? "").Select(_all.Value.GetValueOrDefault).OfType<Language>().FirstOrDefault()
        ?? _all.Value[Fallback];
}
