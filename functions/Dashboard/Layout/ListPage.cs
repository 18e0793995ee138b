using Dunning.Html;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.Layout;

/// <summary>One page of a list. The filters are in the address, so that it can be kept and sent on.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Total">Of all pages.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, int Number, int Total)
{
    private const int Size = 50;

    /// <summary>All rows are ticked, for an action on many.</summary>
    public bool IsAllChosen { get; private init; }

    public bool HasNext => Number * Size < Total;

    internal static ListPage<T> Create(IReadOnlyList<T> all, IQueryCollection query)
    {
        var last = Math.Max(1, (all.Count + Size - 1) / Size);
        var number = Math.Clamp(PageForm.NumberOf(query["page"]) ?? 1, 1, last);
        return new([.. all.Skip((number - 1) * Size).Take(Size)], number, all.Count)
        {
            IsAllChosen = query["chosen"] == "all",
        };
    }
}
