using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local;

/// <summary>
/// Runs a function once. Its class is instantiated per call in a scope of its own, as in the Functions worker.
/// </summary>
internal static class FunctionCall
{
    /// <param name="bind">Returns the value of a parameter.</param>
    /// <returns>The function's return value, or its task's result; null for none.</returns>
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

    /// <summary>Fails at the start instead of the first call if a parameter cannot be bound.</summary>
    public static void EnsureKnownParameters(LocalFunction function, Func<ParameterInfo, bool> isKnown)
    {
        if (Array.Find(function.Method.GetParameters(), p => !isKnown(p)) is { } unknown)
        {
            throw new CannotRunHereException(
                $"Function {function.Name}: the local host cannot bind the parameter {unknown.Name} "
                    + $"({unknown.ParameterType.Name})."
            );
        }
    }
}
