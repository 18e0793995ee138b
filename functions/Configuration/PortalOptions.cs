using Dunning.Http.Validation;

namespace Dunning.Configuration;

/// <summary>The customers' pages, from the settings <c>Portal__*</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>Public address of the app, with a slash at the end. Without it no message has a link.</summary>
    [FieldRule(typeof(LinkRule), nameof(LinkRule.BaseAddress))]
    public string? Address { get; init; }
}
