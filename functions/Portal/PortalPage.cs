using Dunning.Html;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Dunning.Portal;

/// <summary>The answers to requests for pages of the portal.</summary>
internal static class PortalPage
{
    public static IResult Show<TPage>(PortalContext context, object? model = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        PageResult.Show<TPage, PortalContext>(
            context,
            context.Words,
            model is null ? null : new Dictionary<string, object?> { ["Model"] = model },
            status
        );

    /// <param name="key">Of the words: <c>error.form</c>, say.</param>
    public static IResult Error(PortalContext context, string key, int status) =>
        Show<PortalErrorPage>(context, key, status);
}
