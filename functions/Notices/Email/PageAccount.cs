using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>The tables that only a statement of account has.</summary>
internal sealed record PageAccount(IReadOnlyList<PageAgeing> Ageing, IReadOnlyList<PageMovements> Movements)
{
    public static PageAccount Create(StatementContent statement, PhraseFormatter formatter)
    {
        var isOfSeveral =
            statement.Today.Currencies.Concat(statement.Period.Currencies).DistinctBy(c => c.Currency).Count() > 1;
        return new(
            [
                .. from currency in statement.Today.Currencies
                where currency.OpenItems.Count > 0
                select PageAgeing.Create(Heading(LabelKey.Ageing, currency), currency.Ageing, formatter),
            ],
            [
                .. from currency in statement.Period.Currencies
                let heading = Heading(LabelKey.Movements, currency)
                select PageMovements.Create(heading, statement.Period, currency, formatter),
            ]
        );

        string Heading(LabelKey label, CurrencyStatement currency) =>
            isOfSeveral ? $"{formatter.Label(label)} ({currency.Currency})" : formatter.Label(label);
    }
}

/// <summary>The open items of one currency by days overdue.</summary>
internal sealed record PageAgeing(string Heading, IReadOnlyList<PageDetail> Buckets)
{
    public static PageAgeing Create(string heading, Ageing ageing, PhraseFormatter formatter)
    {
        (LabelKey Label, Money Amount)[] buckets =
        [
            (LabelKey.NotDue, ageing.NotDue),
            (LabelKey.Days1To30, ageing.Days1To30),
            (LabelKey.Days31To60, ageing.Days31To60),
            (LabelKey.Days61To90, ageing.Days61To90),
            (LabelKey.Over90, ageing.Over90),
        ];
        return new(
            heading,
            [.. buckets.Select(b => new PageDetail(formatter.Label(b.Label), formatter.Money(b.Amount)))]
        );
    }
}

/// <summary>The movements of one currency, from the opening to the closing balance.</summary>
internal sealed record PageMovements(
    string Heading,
    Sentence From,
    Sentence Opening,
    IReadOnlyList<PageMovement> Rows,
    Sentence To,
    Sentence Closing
)
{
    /// <summary>A longer list would not be read: the opening balance takes the older movements up.</summary>
    private const int MaxRows = 60;

    public static PageMovements Create(
        string heading,
        Statement statement,
        CurrencyStatement currency,
        PhraseFormatter formatter
    )
    {
        var listed = currency.Lines.TakeLast(MaxRows).ToList();
        var isCut = listed.Count < currency.Lines.Count;
        return new(
            heading,
            formatter.ShortDate(isCut ? listed[0].Movement.Date : statement.From),
            formatter.Money(isCut ? listed[0].Balance - listed[0].Movement.Amount : currency.Opening),
            [.. listed.Select(line => PageMovement.Create(line, formatter))],
            formatter.ShortDate(statement.To),
            formatter.Money(currency.Closing)
        );
    }
}

internal sealed record PageMovement(Sentence Date, string Kind, Sentence Number, Sentence Amount, Sentence Balance)
{
    public static PageMovement Create(StatementLine line, PhraseFormatter formatter)
    {
        var movement = line.Movement;
        return new(
            formatter.ShortDate(movement.Date),
            formatter.Label(LabelOf(movement.Kind)),
            formatter.LeftToRight(UntrustedText.Clean(movement.Invoice.Document.Number)),
            formatter.Money(movement.Amount),
            formatter.Money(line.Balance)
        );
    }

    private static LabelKey LabelOf(MovementKind kind) =>
        kind switch
        {
            MovementKind.Invoice => LabelKey.Invoice,
            MovementKind.Payment => LabelKey.Payment,
            MovementKind.CreditNote => LabelKey.CreditNote,
            MovementKind.Refund => LabelKey.Refund,
            MovementKind.Chargeback => LabelKey.Chargeback,
            MovementKind.Void => LabelKey.Void,
            MovementKind.WriteOff => LabelKey.WriteOff,
            MovementKind.LateInterest => LabelKey.LateInterest,
            MovementKind.FixedSum => LabelKey.FixedSum,
            MovementKind.ReminderFee => LabelKey.ReminderFee,
            MovementKind.Discount => LabelKey.EarlyPayment,
            MovementKind.Adjustment => LabelKey.Adjustment,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind has no label: add it here."),
        };
}
