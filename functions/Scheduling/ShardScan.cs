namespace Dunning.Scheduling;

/// <summary>Queue message: plan what is due in one shard.</summary>
/// <param name="Upcoming">True for the steps before the due date, false for those after it.</param>
public sealed record ShardScan(string Shard, bool Upcoming) : MessageRecord;
