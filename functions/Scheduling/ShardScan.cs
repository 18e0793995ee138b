namespace Dunning.Scheduling;

/// <summary>Plan what is due in one shard: of the steps before the due date, or of those after it.</summary>
public sealed record ShardScan(string Shard, bool Upcoming);
