using Dunning.Receivables;

namespace Dunning.Statements;

/// <summary>The JSON of a statement. Amounts are decimals as text, as everywhere in the API.</summary>
internal static class StatementView
{
    public static object Create(Customer customer, Statement statement, PromiseCounts promises) =>
        new
        {
            CustomerId = customer.Id,
            Customer = customer.Name,
            statement.From,
            statement.To,
            Promises = promises,
            Currencies = statement.Currencies.Select(currency => Create(currency, statement.To)),
        };

    private static object Create(CurrencyStatement statement, DateOnly on) =>
        new
        {
            statement.Currency,
            OpeningBalance = statement.Opening.ToDecimalString(),
            Lines = statement.Lines.Select(line => new
            {
                line.Movement.Date,
                line.Movement.Kind,
                InvoiceId = line.Movement.Invoice.Id.ToString(),
                line.Movement.Invoice.Document.Number,
                line.Movement.Reference,
                Amount = line.Movement.Amount.ToDecimalString(),
                Balance = line.Balance.ToDecimalString(),
            }),
            ClosingBalance = statement.Closing.ToDecimalString(),
            OpenItems = statement.OpenItems.Select(item => new
            {
                InvoiceId = item.Invoice.Id.ToString(),
                item.Number,
                item.Invoice.Document.IssueDate,
                item.DueDate,
                OriginalAmount = item.Original.ToDecimalString(),
                Paid = item.Paid.ToDecimalString(),
                Open = item.Open.ToDecimalString(),
                DaysOverdue = item.DaysOverdue(on),
                IsDisputed = item.Invoice.Dunning.Dispute is not null,
                IsOnHold = item.Invoice.Dunning.Hold is not null,
                InDispute = item.Invoice.Dunning.Dispute is null ? null : item.Invoice.DisputedAmount.ToDecimalString(),
                OriginalDueDate = item.Invoice.Agreements.Extension is null
                    ? (DateOnly?)null
                    : item.Invoice.Document.DueDate,
                Part = item.Invoice.CurrentPart is { } part
                    ? new
                    {
                        part.Number,
                        Of = item.Invoice.Agreements.Plan!.Count,
                        Open = part.Amount.ToDecimalString(),
                        part.DueDate,
                        part.Milestone,
                    }
                    : null,
                PromisedOn = item.Invoice.Agreements.Promise?.On,
                IsCollected = item.Invoice.IsCollected,
            }),
            Ageing = new
            {
                NotDue = statement.Ageing.NotDue.ToDecimalString(),
                Days1To30 = statement.Ageing.Days1To30.ToDecimalString(),
                Days31To60 = statement.Ageing.Days31To60.ToDecimalString(),
                Days61To90 = statement.Ageing.Days61To90.ToDecimalString(),
                Over90 = statement.Ageing.Over90.ToDecimalString(),
                UnusedCredit = statement.Ageing.UnusedCredit.ToDecimalString(),
                Outstanding = statement.Ageing.Outstanding.ToDecimalString(),
            },
        };
}
