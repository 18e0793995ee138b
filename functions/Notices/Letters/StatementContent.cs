using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>What a statement of account shows beside the open items.</summary>
/// <param name="Period">With the movements that it lists.</param>
/// <param name="Today">What is owed now, whatever the period: a payment since its end must not be asked for.</param>
internal sealed record StatementContent(Statement Period, Statement Today);
