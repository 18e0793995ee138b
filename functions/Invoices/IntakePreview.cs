using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>
/// The rows of customers as several documents would leave them, without storage: the second invoice of a new customer
/// is that of a known one.
/// </summary>
internal sealed class IntakePreview
{
    private readonly Dictionary<CustomerId, CustomerAccount> _accounts = [];

    /// <summary>The customers that have at least one invoice which would be stored.</summary>
    public IEnumerable<CustomerAccount> Accounts => _accounts.Values;

    public CustomerAccount? Find(CustomerId id) => _accounts.GetValueOrDefault(id);

    /// <param name="before">Null for a new customer.</param>
    public void Add(CustomerAccount? before, IntakeDecision intake, DunningContext context)
    {
        if (intake.Transaction is not { } transaction)
            return;
        var after = before is null
            ? new CustomerAccount(New(intake.Customer), intake.Invoice.Closed is null ? [New(intake.Invoice)] : [], [])
            : Commit(before, transaction);
        // A new address may change the next steps of other invoices.
        while (StepRecalculation.Decide(context, after) is { } further)
            after = Commit(after, further);
        _accounts[after.Id] = after;
    }

    private static CustomerAccount Commit(CustomerAccount account, CustomerTransaction transaction) =>
        account.After(transaction) ?? throw new InvalidOperationException("A preview reads and changes the same rows.");

    private static Versioned<T> New<T>(T value) => new(value, default);
}
