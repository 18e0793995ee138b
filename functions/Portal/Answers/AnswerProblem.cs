namespace Dunning.Portal.Answers;

/// <param name="Field">Empty for the whole form.</param>
/// <param name="What">What is wrong and what to do.</param>
public sealed record AnswerProblem(string Field, PortalSentence What);
