namespace Dunning.Notices.Localization;

/// <summary>Phrases of an SMS in one tone.</summary>
/// <param name="Brief">Shorter, used when <paramref name="OneInvoice"/> would need too many segments.</param>
internal sealed record SmsPhrases(Phrase OneInvoice, Phrase Brief, PluralPhrase Several);
