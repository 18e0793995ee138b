using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local;

/// <summary>
/// Runs one function once: its class is made for the call from the call's own scope, as the Functions worker does.
/// </summary>
internal static class FunctionCall
{
    /// <param name="bind">Finds the value of each parameter.</param>
    /// <returns>What the function returned (what its task held); null for none.</returns>
    public static async Task<object?> RunAsync(
        IServiceProvider scope,
        MethodInfo method,
        Func<ParameterInfo, object?> bind
    )
    {
        object?[] arguments = [.. method.GetParameters().Select(bind)];
        var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope, method.DeclaringType!);
        try
        {
            var returned = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            if (returned is not Task task)
                return returned;

            await task;
            return method.ReturnType.IsGenericType
                ? task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task)
                : null;
        }
        finally
        {
            if (target is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (target as IDisposable)?.Dispose();
        }
    }

    /// <summary>Says at start, not at the first call, that a parameter cannot be given a value.</summary>
    public static void RefuseUnknownParameters(LocalFunction function, Func<ParameterInfo, bool> isKnown)
    {
        if (Array.Find(function.Method.GetParameters(), p => !isKnown(p)) is { } unknown)
        {
            throw new CannotRunHereException(
                $"Function {function.Name}: the local host has no value for parameter {unknown.Name} "
                    + $"({unknown.ParameterType.Name})."
            );
        }
    }
}
