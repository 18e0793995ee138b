namespace Dunning.Jobs;

/// <summary>A message of the queue of jobs: do the next slice.</summary>
public sealed record JobReady(string Id) : MessageRecord;
