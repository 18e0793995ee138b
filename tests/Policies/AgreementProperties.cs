using Dunning.Invoices.Arrangements;
using Dunning.Receivables;
using FsCheck.Xunit;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies;

/// <summary>What holds for all books, agreements and payments: each seed is one random case.</summary>
public sealed class AgreementProperties
{
    private static readonly DateOnly _start = Day("2026-03-02");

    [Property(MaxTest = 500)]
    public void Open_parts_are_what_is_owed_and_payments_fill_the_oldest_first(int seed)
    {
        var random = new Random(seed);
        var total = Eur(random.Next(10, 1_000_000));
        var parts = PaymentPlan.Of(new EqualParts(random.Next(2, 9), _start, 1, null).Of(total));
        Assert.Equal(total.Minor, parts.Parts.Sum(part => part.Amount.Minor));

        var owed = Eur(random.NextInt64(0, total.Minor + 1));
        var open = parts.OpenParts(owed);

        Assert.Equal(owed.Minor, open.Sum(part => part.Amount.Minor));
        // Only the first open part may be paid in part.
        Assert.All(open.Skip(1), part => Assert.Equal(parts.Parts[part.Number - 1].Amount, part.Amount));
        Assert.Equal(parts.Parts.TakeLast(open.Count).Select(p => p.Number), open.Select(p => p.Number));
    }

    [Property(MaxTest = 200)]
    public void What_is_due_and_what_falls_due_later_is_what_is_owed(int seed)
    {
        var random = new Random(seed);
        var book = new BookModel();
        book.Post("A", random.Next(100, 100_000), "2026-03-20");
        book.Plan("A", random.Next(2, 6), _start.AddDays(random.Next(0, 30)), random.Next(1, 40));
        book.Pay("A", "p", random.Next(1, 50_000), _start);

        var invoice = book.Find("A");
        for (var day = _start; day < _start.AddDays(200); day = day.AddDays(7))
        {
            if (Demand.Of(invoice, day) is { } demand)
                Assert.Equal(invoice.OpenAmount, demand.Amount + demand.Later);
            else
                Assert.False(invoice.OpenAmount.IsPositive);
        }
    }

    [Property(MaxTest = 150)]
    public void Nothing_is_demanded_twice_or_more_than_it_is_and_what_is_paid_is_silent_for_ever(int seed)
    {
        var book = new BookModel();
        foreach (var (day, facts) in Days(new Random(seed), shuffle: null))
        {
            var settled = book.Invoices.Where(i => i.Closed is not null).Select(i => i.Document.Number).ToHashSet();
            var promised = book
                .Invoices.Where(i => i.Agreements.Promise?.LastDay >= day)
                .Select(i => i.Document.Number)
                .ToHashSet();
            var before = book.Demands.Count;
            book.Morning(day);
            foreach (var demand in book.Demands.Skip(before))
            {
                Assert.DoesNotContain(demand.Number, settled);
                Assert.DoesNotContain(demand.Number, promised);
                Assert.True(demand.Amount.IsPositive && demand.Amount <= book.Find(demand.Number).UndisputedAmount);
            }
            foreach (var fact in facts)
                fact(book);
        }
        Assert.All(book.Demands.GroupBy(d => (d.On, d.Channel, d.Number)), same => Assert.Single(same));
        Assert.All(book.Invoices, i => Assert.Equal(i.OpenAmount.IsPositive, i.Closed is null));
    }

    [Property(MaxTest = 100)]
    public void The_payments_of_a_day_in_any_order_give_the_same_balances_and_reminders(int seed)
    {
        var (first, second) = (Run(new Random(seed + 1)), Run(new Random(seed + 2)));

        Assert.Equal(first.Demands, second.Demands);
        Assert.Equal(
            first.Invoices.Select(i => (i.OpenAmount, i.Payments.Discount, Promises(i))),
            second.Invoices.Select(i => (i.OpenAmount, i.Payments.Discount, Promises(i)))
        );

        BookModel Run(Random shuffle)
        {
            var book = new BookModel();
            foreach (var (day, facts) in Days(new Random(seed), shuffle))
            {
                book.Morning(day);
                foreach (var fact in facts)
                    fact(book);
            }
            return book;
        }

        static string Promises(Invoice invoice) =>
            string.Join(' ', invoice.Agreements.PastPromises.Select(p => $"{p.On:O}{p.State}"));
    }

    /// <summary>Seventy days with the facts of each: first the agreements, then the payments.</summary>
    /// <param name="shuffle">Puts the payments of a day in another order; null leaves it.</param>
    private static IEnumerable<(DateOnly Day, IReadOnlyList<Action<BookModel>> Facts)> Days(
        Random random,
        Random? shuffle
    )
    {
        string[] numbers = ["A", "B", "C"];
        for (var n = 0; n < 70; n++)
        {
            var day = _start.AddDays(n);
            List<Action<BookModel>> agreements = [];
            if (n == 0)
                agreements.AddRange(numbers.Select(number => Posted(number, random)));
            if (random.Next(6) == 0)
                agreements.Add(Agreement(numbers[random.Next(3)], day, random));
            var payments = new Action<BookModel>[random.Next(8) == 0 ? random.Next(1, 4) : 0];
            for (var i = 0; i < payments.Length; i++)
                payments[i] = Payment(numbers[random.Next(3)], $"p{n}.{i}", day, random);
            shuffle?.Shuffle(payments);
            yield return (day, [.. agreements, .. payments]);
        }
    }

    private static Action<BookModel> Posted(string number, Random random)
    {
        var (cents, due) = (random.Next(1_00, 1_000_00), _start.AddDays(random.Next(2, 30)));
        Discount[] discounts =
            random.Next(2) == 0 ? [] : [new Discount(_start.AddDays(random.Next(1, 20))) { Percent = 3 }];
        return book => book.Post(number, cents, $"{due:yyyy-MM-dd}", discounts);
    }

    private static Action<BookModel> Agreement(string number, DateOnly day, Random random)
    {
        var (later, parts, cents) = (day.AddDays(random.Next(1, 25)), random.Next(2, 5), random.Next(1, 200_00));
        return random.Next(4) switch
        {
            0 => book => book.Promise(number, later),
            1 => book => book.Plan(number, parts, later, 7),
            2 => book => book.Extend(number, later),
            _ => book => book.Dispute(number, cents),
        };
    }

    private static Action<BookModel> Payment(string number, string id, DateOnly day, Random random)
    {
        var (cents, on) = (random.Next(1, 400_00), day.AddDays(-random.Next(0, 4)));
        return random.Next(5) == 0 ? book => book.Credit(number, id, cents) : book => book.Pay(number, id, cents, on);
    }
}
