using System.Text;
using Dunning.Http;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.Layout;

/// <summary>A list as a file for a spreadsheet.</summary>
internal static class ListCsv
{
    public static IResult Of<TRow>(string name, IReadOnlyList<CsvColumn<TRow>> columns, IEnumerable<TRow> rows) =>
        Results.File(
            Encoding.UTF8.GetBytes(
                Csv.Write(columns.Select(column => column.Name), rows.Select(row => columns.Select(c => c.Value(row))))
            ),
            "text/csv; charset=utf-8",
            $"{name}.csv"
        );
}

internal sealed record CsvColumn<TRow>(string Name, Func<TRow, object?> Value);
