using System.Collections.Concurrent;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Wordings;

/// <summary>
/// Languages with the creditor's own texts. What was read is used for a minute, so that a run of messages reads it
/// once; a change takes at most that long on every instance.
/// </summary>
public sealed class WordedLanguages(WordingTable table, TimeProvider clock)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Policy, string Tag), (DateTimeOffset At, Language Language)> _read =
    [];

    internal async Task<Language> ReadAsync(string policy, Language shipped, CancellationToken cancellationToken)
    {
        var (key, now) = ((policy, shipped.Tag), clock.GetUtcNow());
        if (_read.TryGetValue(key, out var known) && now - known.At < _lifetime)
            return known.Language;
        var wording = await table.ReadAsync(policy, shipped.Tag, cancellationToken);
        var language = wording is { Phrases.Count: > 0 } ? LanguageFile.Worded(shipped, wording.Phrases) : shipped;
        _read[key] = (now, language);
        return language;
    }

    /// <summary>After a change by this instance.</summary>
    public void Forget(string policy, string tag) => _read.TryRemove((policy, tag), out _);
}
