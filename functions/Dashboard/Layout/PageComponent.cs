using Dunning.Html;
using Microsoft.AspNetCore.Components;

namespace Dunning.Dashboard.Layout;

/// <summary>The base of every component: who looks at the page, when, and in which language.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    public required PageContext Context { get; set; }

    protected PageWords Words => Context.Words;
}
