namespace Dunning.Notices.Localization;

/// <summary>What an SMS of one kind says.</summary>
/// <param name="Brief">The same with fewer words, for when names or numbers are long.</param>
internal sealed record SmsPhrases(Phrase OneInvoice, Phrase Brief, PluralPhrase Several);
