using System.Globalization;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>The sentences about interest, fixed sums and fees in one language.</summary>
internal sealed class ChargeWords(Language language)
{
    private readonly ChargePhrases _phrases = language.Charges;

    /// <summary>What the amount of an invoice includes.</summary>
    public Sentence Included(string number, IReadOnlyList<OpenCharge> charges) =>
        Fill(
            _phrases.Included,
            ("number", [TextSpan.Ltr(number)]),
            ("charges", List([.. charges.Select(c => Charge(c.Kind, c.Amount, c.Until))]))
        );

    /// <param name="on">The day up to which the interest is computed.</param>
    public Sentence MayCharge(string number, IReadOnlyList<PossibleCharge> charges, DateOnly on) =>
        Fill(
            _phrases.MayCharge,
            ("number", [TextSpan.Ltr(number)]),
            ("basis", [TextSpan.FirstStrong(BasisOf(charges))]),
            ("charges", List([.. charges.Select(c => Charge(c.Kind, c.Amount!.Value, on))]))
        );

    public Sentence Announced(string number, ComingCharges coming) =>
        Fill(
            _phrases.Announced,
            ("number", [TextSpan.Ltr(number)]),
            ("date", [Day(coming.On.AddDays(-1))]),
            ("basis", [TextSpan.FirstStrong(BasisOf(coming.Charges))]),
            ("charges", List([.. coming.Charges.Select(c => Charge(c.Kind, c.Amount!.Value, coming.On))]))
        );

    /// <summary>How the interest is computed, line by line, and what is missing.</summary>
    public IEnumerable<Sentence> Computation(InterestComputation interest)
    {
        foreach (var line in interest.Lines)
            yield return Line(line);
        if (interest.UnknownFrom is { } unknown)
            yield return Fill(_phrases.RateUnknown, ("date", [Day(unknown)]));
        if (interest.Lines.Any(line => line.IsLastKnownRate))
            yield return Fill(_phrases.LastKnownRate);
    }

    public Sentence Line(InterestLine line) =>
        Fill(
            _phrases.Line,
            ("from", [Day(line.After.AddDays(1))]),
            ("until", [Day(line.Until)]),
            ("days", Fill(_phrases.Days.For(line.Days), ("count", [new TextSpan($"{line.Days}")])).Spans),
            ("percent", Percent(line.Percent).Spans),
            ("principal", [Amount(line.Principal)]),
            ("amount", [Amount(line.Amount)])
        );

    /// <summary>With as many decimals as it has.</summary>
    public Sentence Percent(decimal percent) =>
        Fill(
            _phrases.Percent,
            (
                "percent",
                [
                    TextSpan.Ltr(
                        percent
                            .ToString("0.####", CultureInfo.InvariantCulture)
                            .Replace(".", language.Money.DecimalMark, StringComparison.Ordinal)
                    ),
                ]
            )
        );

    private IReadOnlyList<TextSpan> Charge(ChargeKind kind, Money amount, DateOnly? until) =>
        kind switch
        {
            ChargeKind.Interest => Fill(
                _phrases.Interest,
                ("amount", [Amount(amount)]),
                ("date", until is { } day ? [Day(day)] : [])
            ).Spans,
            ChargeKind.FixedSum => Fill(_phrases.FixedSum, ("amount", [Amount(amount)])).Spans,
            _ => Fill(_phrases.ReminderFee, ("amount", [Amount(amount)])).Spans,
        };

    private static string BasisOf(IEnumerable<PossibleCharge> charges) =>
        string.Join("; ", charges.Select(charge => charge.LegalBasis).OfType<string>().Distinct());

    private IReadOnlyList<TextSpan> List(IReadOnlyList<IReadOnlyList<TextSpan>> items) =>
        [
            .. items.SelectMany(
                (item, i) =>
                    i == 0
                        ? item
                        :
                        [
                            new TextSpan(
                                language.Labels[i == items.Count - 1 ? LabelKey.ListLast : LabelKey.ListSeparator]
                            ),
                            .. item,
                        ]
            ),
        ];

    private TextSpan Amount(Money money) => TextSpan.Ltr(language.Money.Format(money));

    private TextSpan Day(DateOnly day) => TextSpan.FirstStrong(language.LongDate.Format(day));

    private Sentence Fill(Phrase phrase, params (string Placeholder, IReadOnlyList<TextSpan> Value)[] values) =>
        phrase.Fill(values.ToDictionary(value => value.Placeholder, value => value.Value), language.RightToLeft);
}
