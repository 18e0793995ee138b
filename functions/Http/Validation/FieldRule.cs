using Dunning.Receivables;

namespace Dunning.Http.Validation;

/// <summary>
/// A rule for the text of a field: parses it into a value, or returns an error. JSON and XML use the same rules.
/// </summary>
/// <param name="Literal">
/// The JSON literal that is accepted besides a string. Strings are always accepted (Zapier sends everything as
/// strings).
/// </param>
/// <param name="IsOpaque">The text belongs to the sender and is kept to the letter.</param>
internal sealed record FieldRule<T>(
    Func<string, ParseResult<T>> Read,
    Literal Literal = Literal.None,
    bool IsOpaque = false
)
{
    /// <summary>Removes invisible characters before the check, unless the rule is opaque.</summary>
    public ParseResult<T> Check(string text) => Read(IsOpaque ? text : InvisibleCharacters.Remove(text));
}

internal enum Literal
{
    None,
    Number,
    Boolean,
}

/// <summary>Why a text is invalid.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">
/// What to send instead, to follow the field's name and a colon. Never repeats the input.
/// </param>
internal sealed record FieldError(string Code, string Message);

/// <summary>A value or an error.</summary>
internal readonly record struct ParseResult<T>(T? Value, FieldError? Error)
{
    public static implicit operator ParseResult<T>(T value) => new(value, null);

    public static implicit operator ParseResult<T>(FieldError error) => new(default, error);
}

internal static class ParseResult
{
    /// <summary>Null for an error, where <c>Value</c> would be the default of its type.</summary>
    public static T? OrNull<T>(this ParseResult<T> result)
        where T : struct => result.Error is null ? result.Value : null;
}
