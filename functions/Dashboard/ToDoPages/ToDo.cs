using Dunning.FollowUps;

namespace Dunning.Dashboard.ToDoPages;

/// <summary>What <see cref="ToDoPage"/> shows.</summary>
public sealed record ToDo(FollowUpPage Page, string? Kind, bool IncludesLater)
{
    public string? Done { get; init; }
}
