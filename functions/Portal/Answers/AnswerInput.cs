using System.Globalization;
using Dunning.Html;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>What was filled in, as values; what cannot be used becomes a problem.</summary>
internal sealed class AnswerInput(IReadOnlyDictionary<string, string> form, CustomerAccount account, DateOnly today)
{
    private const int MaxPast = 12;
    private readonly List<AnswerProblem> _problems = [];

    public IReadOnlyList<AnswerProblem> Problems => _problems;

    /// <inheritdoc cref="AnswerDecision.NamesForeignRow"/>
    private bool NamesForeignRow { get; set; }

    public bool IsUsable => _problems.Count == 0 && !NamesForeignRow;

    public AnswerDecision Refused => AnswerDecision.Refused(_problems) with { NamesForeignRow = NamesForeignRow };

    public IReadOnlyList<Versioned<Invoice>> Invoices(string field, int max)
    {
        var ids = Text(field).Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (ids.Count == 0)
            Refuse(field, "problem.choose");
        if (ids.Count > max)
            Refuse(field, "problem.tooManyInvoices", ("count", max));
        return [.. ids.Select(Find).OfType<Versioned<Invoice>>()];
    }

    /// <returns>Null when none is chosen, or a problem is noted.</returns>
    public Versioned<Invoice>? Invoice(string field, bool isRequired = true)
    {
        if (Text(field) is { Length: > 0 } id)
            return Find(id);
        if (isRequired)
            Refuse(field, "problem.choose");
        return null;
    }

    /// <param name="last">The last day that can be chosen.</param>
    public DateOnly? DayFrom(string field, DateOnly first, DateOnly last)
    {
        if (Text(field) is not { Length: > 0 } text)
            return Refuse<DateOnly>(field, "problem.required");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Refuse<DateOnly>(field, "problem.notADate");
        return day < first ? Refuse<DateOnly>(field, "problem.tooEarly", ("date", first))
            : day > last ? Refuse<DateOnly>(field, "problem.tooLate", ("date", last))
            : day;
    }

    public DateOnly? PastDay(string field) => DayFrom(field, today.AddMonths(-MaxPast), today);

    /// <returns>Null for an empty field, or a problem.</returns>
    public Money? Amount(string field, Invoice? invoice)
    {
        if (Text(field) is not { Length: > 0 } text || invoice is null)
            return null;
        var owed = invoice.OpenAmount;
        if (
            !Money.TryParse(TypedAmount.ToPlain(text, owed.Currency), owed.Currency, out var amount, out _)
            || !amount.IsPositive
        )
            return Refuse<Money>(field, "problem.notAnAmount");
        return amount > owed ? Refuse<Money>(field, "problem.moreThanOwed", ("amount", owed)) : amount;
    }

    public int? Count(string field, int min, int max) =>
        PageForm.NumberOf(Text(field)) is { } count && count >= min && count <= max
            ? count
            : Refuse<int>(field, "problem.count", ("count", min), ("total", max));

    /// <returns>Null when nothing is chosen, or something that is not offered.</returns>
    public string? Choice(string field, IEnumerable<string> values, bool isRequired = true)
    {
        if (Text(field) is { Length: > 0 } chosen && values.Contains(chosen))
            return chosen;
        if (isRequired)
            Refuse(field, "problem.choose");
        return null;
    }

    /// <returns>Null for an empty field, or a text that the rule refuses.</returns>
    public string? Read(string field, FieldRule<string> rule, string problem, bool isRequired = false)
    {
        if (Text(field) is not { Length: > 0 } text)
        {
            if (isRequired)
                Refuse(field, "problem.required");
            return null;
        }
        if (rule.Check(text) is { Error: null, Value: { } value })
            return value;
        Refuse(field, problem);
        return null;
    }

    public string? Prose(string field, bool isRequired = false) =>
        Read(field, TextRules.Prose(1000), "problem.tooLong", isRequired);

    public void Refuse(string field, string key, params IReadOnlyList<(string Name, object Value)> values) =>
        _problems.Add(new AnswerProblem(field, new PortalSentence(key, values)));

    private T? Refuse<T>(string field, string key, params IReadOnlyList<(string Name, object Value)> values)
        where T : struct
    {
        Refuse(field, key, values);
        return null;
    }

    private string Text(string field) => form.GetValueOrDefault(field, "").Trim();

    private Versioned<Invoice>? Find(string id)
    {
        if (
            InvoiceId.TryParse(id, out var parsed)
            && parsed.Customer == account.Id
            && account.Invoice(parsed.Invoice) is { } invoice
            && PortalVisit.OpenInvoices(account).Any(open => open.Id == parsed)
        )
            return invoice;
        NamesForeignRow = true;
        return null;
    }
}
