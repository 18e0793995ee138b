using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.OpenApi;

/// <summary>A route of the API, as its function declares it.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Folder">In which it is: the part of the product.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Path">With <c>/api</c>, and the parameters in braces.</param>
internal sealed record ApiRoute(string Function, string Folder, string Method, string Path, AuthorizationLevel Level)
{
    /// <summary>All but the pages of the owner and of the customers, which are for people.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        .. typeof(ApiRoute)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(Of)
            .OrderBy(route => route.Path, StringComparer.Ordinal)
            .ThenBy(route => route.Method, StringComparer.Ordinal),
    ];

    public IEnumerable<string> PathParameters =>
        Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

    private static IEnumerable<ApiRoute> Of(MethodInfo method)
    {
        var trigger = method
            .GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .FirstOrDefault(found => found is not null);
        if (
            method.GetCustomAttribute<FunctionAttribute>() is not { } function
            || trigger is not { Route: { } route }
            || route.Split('/')[0] is "dashboard" or "portal"
        )
            return [];
        // A constraint is for the host.
        var path = $"/api/{route.Replace(":int}", "}", StringComparison.Ordinal)}";
        return (trigger.Methods ?? []).Select(verb => new ApiRoute(
            function.Name,
            method.DeclaringType!.Namespace!.Split('.')[1],
            verb.ToUpperInvariant(),
            path,
            trigger.AuthLevel
        ));
    }
}
