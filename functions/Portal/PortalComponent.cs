using Dunning.Html;
using Microsoft.AspNetCore.Components;

namespace Dunning.Portal;

/// <summary>The base of every component: whose page it is, and in which language.</summary>
public abstract class PortalComponent : ComponentBase
{
    [CascadingParameter]
    public required PortalContext Context { get; set; }

    protected PageWords Words => Context.Words;
}
