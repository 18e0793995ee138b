namespace Azure.Data.Tables;

/// <summary>The official entity's strictness about types: a long is not read as an int, nor the other way round.</summary>
internal static class EntityValue
{
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public static T? As<T>(object? value) => value switch
    {
        null => default,
        T typed => typed,
        _ => throw new InvalidOperationException($"Cannot return {typeof(T)} type for a {value.GetType()} typed property."),
    };

    /// <summary>An int may become, and does become, the long or double that was there; other types may not change.</summary>
    public static object? Replacing(object? former, object? value) => (former, value) switch
    {
        (null, _) or (_, null) => value,
        (int, long or double) => value,
        (long, int number) => (long)number,
        (double, int number) => (double)number,
        _ when former.GetType() == value.GetType() => value,
        _ => throw new InvalidOperationException($"A property of type {former.GetType()} cannot be given a {value.GetType()}."),
    };
}
