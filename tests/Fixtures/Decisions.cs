using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Fixtures;

/// <summary>Decisions about an account in the context of its own customer.</summary>
internal static class Decisions
{
    public static CustomerTransaction? Plan(CustomerAccount account, DunningRules rules, DateTimeOffset now) =>
        ReminderPlan.Decide(ContextOf(account, rules, now), account);

    public static CustomerTransaction? Recalculate(CustomerAccount account, DunningRules rules, DateTimeOffset now) =>
        StepRecalculation.Decide(ContextOf(account, rules, now), account);

    public static PreSendResult Check(
        Notice notice,
        CustomerAccount account,
        IReadOnlyList<Versioned<Invoice>> closed,
        DunningRules rules,
        DateTimeOffset now
    ) => PreSendCheck.Decide(ContextOf(account, rules, now), notice, account, closed);

    public static Notice? FindFallback(
        Notice lost,
        CustomerAccount account,
        IReadOnlyList<SentMessage> others,
        DunningRules rules,
        DateTimeOffset now
    ) => FallbackNotice.Find(ContextOf(account, rules, now), lost, account, others);

    public static DunningContext ContextOf(CustomerAccount account, DunningRules rules, DateTimeOffset now) =>
        new(account.Customer.Value, rules, now);
}
