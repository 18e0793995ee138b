using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Dunning.Local;

/// <summary>
/// Binds the parameters of an HTTP function: the request, the cancellation token, and route parameters by name.
/// </summary>
internal static class HttpBinding
{
    public static bool IsKnown(ParameterInfo parameter, string route) =>
        parameter.ParameterType == typeof(HttpRequest)
        || parameter.ParameterType == typeof(CancellationToken)
        || (
            IsRouteType(parameter.ParameterType)
            && route.Contains('{' + parameter.Name!, StringComparison.OrdinalIgnoreCase)
        )
        || (
            IsRouteType(parameter.ParameterType)
            && route.Contains('*' + parameter.Name!, StringComparison.OrdinalIgnoreCase)
        );

    /// <exception cref="BadHttpRequestException">
    /// A route parameter cannot be converted to the type of the function's parameter.
    /// </exception>
    public static object? Value(ParameterInfo parameter, HttpContext http)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
            return http.Request;
        if (parameter.ParameterType == typeof(CancellationToken))
            return http.RequestAborted;

        var text = Convert.ToString(http.Request.RouteValues[parameter.Name!], CultureInfo.InvariantCulture);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (string.IsNullOrEmpty(text))
            return null;
        if (type == typeof(string))
            return text;
        if (type == typeof(Guid) && Guid.TryParse(text, out var id))
            return id;
        if (
            type == typeof(int)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        )
            return number;

        var expected = type == typeof(Guid) ? "a GUID" : "a whole number";
        throw new BadHttpRequestException($"'{parameter.Name}' in the address must be {expected}.");
    }

    private static bool IsRouteType(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var t
        && (t == typeof(string) || t == typeof(Guid) || t == typeof(int));
}
