namespace Dunning.Portal.Answers;

/// <summary>A field of the form of an answer; its words are found by its name.</summary>
public sealed record AnswerField(string Name, AnswerFieldKind Kind, bool IsRequired = false);

/// <param name="Text">In the reader's language, or a name of the reader's own.</param>
public sealed record AnswerOption(string Value, string Text);

public enum AnswerFieldKind
{
    /// <summary>One or more of the open invoices.</summary>
    Invoices,

    /// <summary>One of the open invoices.</summary>
    Invoice,
    Date,

    /// <summary>In the currency of the chosen invoice.</summary>
    Amount,
    Count,
    Line,
    Email,
    Phone,
    Prose,

    /// <summary>One of the options.</summary>
    Choice,
}
