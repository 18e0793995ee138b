namespace Dunning.Dashboard.Access;

/// <summary>What the holder of a dashboard key may do.</summary>
public enum DashboardRole
{
    /// <summary>Reads every page and changes nothing.</summary>
    Reader,

    /// <summary>Reads and changes.</summary>
    Owner,
}
