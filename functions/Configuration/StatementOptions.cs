namespace Dunning.Configuration;

/// <summary>Statements of account, from the settings <c>Statements__*</c>.</summary>
public sealed class StatementOptions
{
    /// <summary>Each month, customers with something open or moved since the month before get one by email.</summary>
    public bool Monthly { get; init; }
}
