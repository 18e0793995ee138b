using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Microsoft.AspNetCore.Http;

namespace Dunning.Invoices.Files;

/// <summary>Reads what the address of a request says of a file of invoices.</summary>
internal static class InvoiceFileQuery
{
    public const string InvalidTitle = "The file of invoices cannot be imported";

    private static readonly string[] _others =
    [
        "currencyCode",
        "dateFormat",
        "decimal",
        "source",
        "policy",
        "whenOverdue",
        "dryRun",
    ];

    public static (InvoiceFileOptions Options, bool IsDryRun, ApiResult? Error) Read(IQueryCollection query)
    {
        var errors = new ValidationErrors(strict: true);
        var known = InvoiceFields.All.Select(InvoiceFields.NameOf).Concat(_others).ToHashSet(StringComparer.Ordinal);
        // The key of the host may be in the query, too.
        foreach (var name in query.Keys.Where(name => !known.Contains(name) && name is not ("code" or "clientId")))
            errors.Unknown($"#/{name}", DidYouMean.Nearest(name, known));
        var options = new InvoiceFileOptions
        {
            Columns = InvoiceFields
                .All.Select(field => (Field: field, Column: Find(InvoiceFields.NameOf(field))))
                .Where(one => one.Column is not null)
                .ToDictionary(one => one.Field, one => one.Column!),
            CurrencyCode = Check("currencyCode", AmountRules.Currency),
            DateFormat = OneOf("dateFormat", CsvDate.Formats),
            Decimal = OneOf("decimal", [",", "."])?[0],
            Source = Check("source", TextRules.SourceName),
            Policy = Check("policy", TextRules.Line(64)),
            WhenOverdue =
                Find("whenOverdue") is { } when
                && Checked("whenOverdue", TextRules.OneOf<OverdueStart>().Check(when)) is { Error: null } start
                    ? start.Value
                    : OverdueStart.Gently,
        };
        var isDryRun = OneOf("dryRun", ["true", "false"]) is "true";
        return (
            options,
            isDryRun,
            errors.Problems.Count == 0 ? null : ApiResult.Invalid(InvalidTitle, errors.Problems)
        );

        string? Find(string name) => query[name].ToString().Trim() is { Length: > 0 } value ? value : null;

        string? Check(string name, FieldRule<string> rule) =>
            Find(name) is { } text ? Checked(name, rule.Check(text)).Value : null;

        ParseResult<T> Checked<T>(string name, ParseResult<T> result)
        {
            if (result.Error is { } error)
                errors.Refuse($"#/{name}", error);
            return result;
        }

        string? OneOf(string name, IReadOnlyList<string> values)
        {
            var value = Find(name);
            if (value is null || values.Contains(value))
                return value;
            errors.Refuse($"#/{name}", new("unknown_value", $"write one of {string.Join("  ", values)}"));
            return null;
        }
    }
}
