namespace Dunning.Dashboard.Access;

/// <summary>A person who has signed in.</summary>
/// <param name="Name">Of the key; the <c>by</c> of every change.</param>
public sealed record Session(SessionTicket Ticket, string Name, DashboardRole Role)
{
    public bool IsOwner => Role is DashboardRole.Owner;
}
