using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// SWIFT MT940 customer statements: <c>:61:</c> is a movement, <c>:86:</c> what is told of it, in the subfields of
/// German banks (<c>?20</c> to <c>?29</c> text, <c>?32</c>, <c>?33</c> name), with the code words of Dutch ones
/// (<c>/REMI/</c>, <c>/NAME/</c>, <c>/EREF/</c>), or as plain text.
/// </summary>
internal static partial class Mt940File
{
    private const string CodeWords = "NAME|ORDP|REMI|EREF|CREF|IBAN|BIC|TRTP|MARF|ULTD|BENM|CSID";

    /// <exception cref="UnreadableDocumentException">It holds no statement.</exception>
    public static BankFile Read(string text)
    {
        List<BankLine> lines = [];
        List<UnreadableLine> unreadable = [];
        var (currency, ids) = ("", new BankLineId(""));
        Dictionary<string, BankLineId> accounts = [];
        var fields = FieldsOf(text).ToList();
        for (var i = 0; i < fields.Count; i++)
        {
            var (tag, value) = fields[i];
            if (tag == "25")
                ids = accounts.TryGetValue(value.Trim(), out var known)
                    ? known
                    : accounts[value.Trim()] = new(value.Trim());
            else if (tag is "60F" or "60M" && value.Length > 10)
                currency = value[7..10];
            else if (tag == "61")
            {
                var details = i + 1 < fields.Count && fields[i + 1].Tag == "86" ? fields[i + 1].Value : "";
                var number = lines.Count + unreadable.Count + 1;
                if (Read(value, details, currency, number, ids) is { } line)
                    lines.Add(line);
                else
                    unreadable.Add(new(number, "Field :61: has no valid date, mark or amount, or :60F: no currency."));
            }
        }
        return fields.Exists(field => field.Tag is "60F" or "60M")
            ? new BankFile("MT940", lines, unreadable)
            : throw new UnreadableDocumentException(
                422,
                "unsupported-document",
                "Send a bank statement as camt.053, camt.054, MT940, or CSV with the names of its columns."
            );
    }

    /// <summary>A line without a tag continues the field before it.</summary>
    private static IEnumerable<(string Tag, string Value)> FieldsOf(string text)
    {
        (string Tag, string Value)? field = null;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (TagPattern().Match(line) is { Success: true } match)
            {
                if (field is { } finished)
                    yield return finished;
                field = (match.Groups[1].Value, line[match.Length..]);
            }
            else if (field is { } open && line is not ("-" or "-}"))
                field = (open.Tag, $"{open.Value}\n{line}");
        }
        if (field is { } last)
            yield return last;
    }

    private static BankLine? Read(string movement, string details, string currency, int number, BankLineId ids)
    {
        if (
            MovementPattern().Match(movement) is not { Success: true } match
            || !DateOnly.TryParseExact(
                match.Groups["date"].Value,
                "yyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
            || !Money.TryParse(
                match.Groups["amount"].Value.Replace(',', '.').TrimEnd('.'),
                currency,
                out var amount,
                out _
            )
        )
            return null;
        // RC takes a credit back, RD a debit.
        var signed = match.Groups["mark"].Value is "C" or "RD" ? amount : -amount;
        var (payer, reference, text) = DetailsOf(details);
        // Lines of one day may share the bank's reference: all that is told takes part.
        return new BankLine(
            number,
            ids.Create(
                null,
                date,
                signed,
                match.Groups["booked"].Value,
                payer,
                reference,
                text,
                match.Groups["reference"].Value.Trim()
            ),
            date,
            signed,
            payer,
            reference,
            text
        );
    }

    private static (string? Payer, string? Reference, string Text) DetailsOf(string details)
    {
        var joined = details.Replace("\n", "", StringComparison.Ordinal);
        var subfields = SubfieldPattern().Matches(joined);
        if (subfields.Count > 0)
        {
            var parts = subfields.ToLookup(part => part.Groups[1].Value, part => part.Groups[2].Value);
            var text = string.Concat(
                subfields.Where(part => part.Groups[1].Value is ['2' or '6', _]).Select(part => part.Groups[2].Value)
            );
            return (
                NullIfBlank(string.Concat(parts["32"].Concat(parts["33"]))),
                null,
                SepaTagPattern().Replace(text, " $1 ").Trim()
            );
        }
        var words = CodeWordPattern().Matches(joined).ToLookup(w => w.Groups[1].Value, w => w.Groups[2].Value.Trim());
        return words.Count == 0
            ? (null, null, details.Replace('\n', ' ').Trim())
            : (
                NullIfBlank(words["NAME"].FirstOrDefault() ?? words["ORDP"].FirstOrDefault()),
                NullIfBlank(words["CREF"].FirstOrDefault()),
                NullIfBlank(string.Join(' ', words["REMI"])) ?? joined.Trim()
            );
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"^:([0-9]{2}[A-Z]?):")]
    private static partial Regex TagPattern();

    /// <summary>Value date, booking date, mark, third letter of the currency, amount, type, references.</summary>
    [GeneratedRegex(
        @"^(?<date>[0-9]{6})(?<booked>[0-9]{4})?(?<mark>R?[CD])[A-Z]?(?<amount>[0-9]+,[0-9]*)"
            + @"[A-Z][A-Z0-9]{3}(?<reference>[^\n]*)"
    )]
    private static partial Regex MovementPattern();

    /// <summary>The tags of SEPA in German statements; what follows is a word of its own.</summary>
    [GeneratedRegex(@"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)\+")]
    private static partial Regex SepaTagPattern();

    [GeneratedRegex(@"\?([0-9]{2})([^?]*)")]
    private static partial Regex SubfieldPattern();

    [GeneratedRegex($"/({CodeWords})/(.*?)(?=/(?:{CodeWords})/|$)")]
    private static partial Regex CodeWordPattern();
}
