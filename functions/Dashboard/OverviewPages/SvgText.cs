using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>A <c>text</c> element of SVG, hidden from screen readers: Razor takes the tag for its own.</summary>
public sealed class SvgText : ComponentBase
{
    [Parameter, EditorRequired]
    public required int X { get; set; }

    [Parameter, EditorRequired]
    public required int Y { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "aria-hidden", "true");
        builder.AddContent(4, Text);
        builder.CloseElement();
    }
}
