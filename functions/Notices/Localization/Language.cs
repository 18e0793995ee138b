using System.Collections.Frozen;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>
/// Everything one language needs to write to a customer. Shipping another one is adding a file to Languages/.
/// </summary>
internal sealed record Language
{
    private const string Fallback = "en";

    /// <summary>BCP 47 tag, as in <c>Content-Language</c> and <c>lang</c>.</summary>
    public required string Tag { get; init; }
    public required bool RightToLeft { get; init; }
    public required DatePattern LongDate { get; init; }

    /// <summary>For SMS.</summary>
    public required DatePattern ShortDate { get; init; }
    public required MoneyPattern Money { get; init; }
    public required IReadOnlyDictionary<LabelKey, string> Labels { get; init; }
    public required CommonPhrases Common { get; init; }
    public required IReadOnlyDictionary<NoticeTone, LetterPhrases> Letters { get; init; }

    /// <summary>For every kind but <see cref="NoticeTone.FollowUp"/>, which nobody receives as SMS.</summary>
    public required IReadOnlyDictionary<NoticeTone, SmsPhrases> Sms { get; init; }

    private static readonly Lazy<FrozenDictionary<string, Language>> _all = new(() =>
        EmbeddedText
            .ReadAll("Notices/Localization/Languages")
            .Select(file => LanguageFile.Read(file.Text, file.Name))
            .ToFrozenDictionary(language => language.Tag, StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>
    /// All languages that ship. Reading this at start-up finds an incomplete file before a customer does.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// A file lacks a phrase; the message names the file and the key.
    /// </exception>
    public static IReadOnlyCollection<Language> Shipped => _all.Value.Values;

    /// <summary>The language of a tag, else of its primary part (<c>da</c> for <c>da-DK</c>), else English.</summary>
    public static Language For(string? tag)
    {
        var wanted = (tag ?? "").Replace('_', '-');
        return _all.Value.GetValueOrDefault(wanted)
            ?? _all.Value.GetValueOrDefault(wanted.Split('-')[0])
            ?? _all.Value[Fallback];
    }
}
