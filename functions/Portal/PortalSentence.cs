using Dunning.Html;
using Microsoft.AspNetCore.Components;

namespace Dunning.Portal;

/// <summary>A sentence of the pages, not yet in a language.</summary>
/// <param name="Key">Of the words of the portal.</param>
public sealed record PortalSentence(string Key, params IReadOnlyList<(string Name, object Value)> Values)
{
    public RenderFragment In(PageWords words) => words.Say(Key, Values);

    public string PlainIn(PageWords words) => words.Plain(Key, Values);
}
