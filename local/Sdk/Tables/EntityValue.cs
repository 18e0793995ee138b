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
}
