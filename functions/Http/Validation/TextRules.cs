using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dunning.Http.Validation;

internal static partial class TextRules
{
    /// <summary>The namespace of external ids.</summary>
    public static readonly FieldRule<string> SourceName = Matching(
        SourceNamePattern(),
        new FieldError("not_a_source", "use 1 to 40 of the characters a-z, 0-9, dot, underscore and hyphen")
    );

    public static readonly FieldRule<bool> Flag = new(
        text =>
            text.Trim().ToLowerInvariant() switch
            {
                "true" => true,
                "false" => false,
                _ => new FieldError("not_a_flag", "send true or false"),
            },
        Literal.Boolean
    );

    /// <summary>One line of text: trimmed.</summary>
    public static FieldRule<string> Line(int max) => new(text => Bounded(text.Trim(), max));

    /// <summary>Like <see cref="Line"/>; line breaks and runs of blanks become one blank.</summary>
    public static FieldRule<string> Folded(int max) => new(text => Line(max).Check(Blanks().Replace(text, " ")));

    /// <summary>Text of several lines, each trimmed.</summary>
    public static FieldRule<string> Prose(int max) =>
        new(text =>
        {
            var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Replace('\t', ' ').Trim());
            var prose = string.Join('\n', lines).Trim();
            return Bounded(prose.Replace('\n', ' '), max) is { Error: { } error } ? error : prose;
        });

    public static readonly FieldError LinkInText = new(
        "has_link",
        "leave links out: messages have their own, and others look like fraud"
    );

    /// <summary>
    /// What a person adds to messages: a sentence or two. Links would make it look like fraud, and advertising needs
    /// the customer's consent, which a reminder does not (Directive 2002/58/EC art. 13).
    /// </summary>
    public static readonly FieldRule<string> PersonalText = new(text =>
    {
        var line = Folded(300).Check(text);
        return line.Value is { } written && HasLink(written) ? LinkInText : line;
    });

    public static bool HasLink(string text) => LinkPattern().IsMatch(text);

    /// <summary>Kept unchanged, including blanks at the ends.</summary>
    public static FieldRule<string> Opaque(int max) => new(text => Bounded(text, max), IsOpaque: true);

    /// <summary>A quantity as the source wrote it, string or number.</summary>
    public static FieldRule<string> Quantity { get; } = Line(40) with { Literal = Literal.Number };

    /// <summary>The names of an enum in camel case.</summary>
    public static FieldRule<T> OneOf<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>()
            .ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
        return new(text =>
            values.TryGetValue(text.Trim(), out var value)
                ? value
                : new FieldError("unknown_value", $"use one of {string.Join(", ", values.Keys)}")
        );
    }

    /// <param name="normalize">Applied before matching; null trims.</param>
    internal static FieldRule<string> Matching(
        Regex pattern,
        FieldError error,
        Func<string, string>? normalize = null
    ) => new(text => (normalize ?? Trimmed)(text) is var candidate && pattern.IsMatch(candidate) ? candidate : error);

    private static ParseResult<string> Bounded(string text, int max) =>
        text switch
        {
            "" => new FieldError("blank", "send a value or leave the field out"),
            _ when text.Any(IsControl) => ControlCharacters,
            _ when text.Length > max => new FieldError("too_long", $"send at most {max} characters"),
            _ => text,
        };

    internal static readonly FieldError ControlCharacters = new(
        "control_characters",
        "remove line breaks and other control characters"
    );

    internal static bool IsControl(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static string Trimmed(string text) => text.Trim();

    [GeneratedRegex(@"^[a-z0-9._-]{1,40}\z")]
    private static partial Regex SourceNamePattern();

    [GeneratedRegex(@"://|\bwww\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();
}
