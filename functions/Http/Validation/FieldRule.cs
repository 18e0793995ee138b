namespace Dunning.Http.Validation;

/// <summary>
/// What a field may hold: turns its text into a value, or says why it cannot. JSON and XML use the same rules.
/// </summary>
/// <param name="Literal">
/// What JSON may write without quotes; a string is always taken (Zapier sends everything as strings).
/// </param>
internal sealed record FieldRule<T>(Func<string, ParseResult<T>> Check, Literal Literal = Literal.None);

internal enum Literal
{
    None,
    Number,
    Boolean,
}

/// <summary>Why a text was refused.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">
/// What to write instead, as it reads after the field's name and a colon. Never repeats what was sent.
/// </param>
internal sealed record FieldError(string Code, string Message);

/// <summary>A value, or the refusal that stands in its place.</summary>
internal readonly record struct ParseResult<T>(T? Value, FieldError? Error)
{
    public static implicit operator ParseResult<T>(T value) => new(value, null);

    public static implicit operator ParseResult<T>(FieldError error) => new(default, error);
}

internal static class ParseResult
{
    /// <summary>A refused value is none, which its type's default would not be.</summary>
    public static T? OrNull<T>(this ParseResult<T> result)
        where T : struct => result.Error is null ? result.Value : null;
}
