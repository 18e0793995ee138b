using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>An expression of an ARM template, such as <c>[format('{0}-poison', variables('queue'))]</c>.</summary>
internal abstract partial record ArmExpression
{
    /// <param name="value">A string of the template: an expression in brackets, or itself.</param>
    public static ArmExpression Parse(string value) =>
        value.StartsWith('[') && !value.StartsWith("[[", StringComparison.Ordinal)
            ? Read(new(Token().Matches(value[1..^1]).Select(token => token.Value)))
            : new ArmText(value);

    private static ArmExpression Read(Queue<string> tokens)
    {
        var found = ReadOperand(tokens);
        while (tokens.TryPeek(out var next) && next is "." or "[")
        {
            tokens.Dequeue();
            found = new ArmMember(found, next == "." ? new ArmText(tokens.Dequeue()) : Read(tokens));
            if (next == "[")
                tokens.Dequeue();
        }
        return found;
    }

    private static ArmExpression ReadOperand(Queue<string> tokens)
    {
        var token = tokens.Dequeue();
        if (token.StartsWith('\''))
            return new ArmText(token[1..^1].Replace("''", "'", StringComparison.Ordinal));
        if (!tokens.TryPeek(out var next) || next != "(")
            return new ArmText(token);
        var arguments = new List<ArmExpression>();
        while (tokens.Dequeue() != ")")
        {
            if (tokens.Peek() != ")")
                arguments.Add(Read(tokens));
        }
        return new ArmCall(token, [.. arguments]);
    }

    [GeneratedRegex(@"'(?:[^']|'')*'|[\w-]+|[()\[\].,]")]
    private static partial Regex Token();
}

/// <summary>A literal; a number too.</summary>
internal sealed record ArmText(string Value) : ArmExpression;

internal sealed record ArmCall(string Name, ArmExpression[] Arguments) : ArmExpression
{
    /// <summary>The name in <c>variables('name')</c>; null when this is a call of another function.</summary>
    public string? NameGivenTo(string function) => Name == function && Arguments is [ArmText name] ? name.Value : null;
}

/// <summary><c>a.b</c> and <c>a[b]</c>.</summary>
internal sealed record ArmMember(ArmExpression Owner, ArmExpression Key) : ArmExpression;
