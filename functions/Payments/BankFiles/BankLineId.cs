using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// Ids of the movements that a bank gives none: a hash of what they say. Of several alike on one day each has its
/// number among them, so that overlapping files give the same ids.
/// </summary>
internal sealed class BankLineId(string account)
{
    private readonly Dictionary<string, int> _alike = new(StringComparer.Ordinal);

    /// <param name="bankId">The bank's id of the movement; null for none.</param>
    public string Create(string? bankId, DateOnly date, Money amount, params string?[] texts)
    {
        if (bankId is not null)
            return Ids.Hash('b', $"{account}\n{bankId}");
        var content = string.Create(
            CultureInfo.InvariantCulture,
            $"{account}\n{date:yyyy-MM-dd}\n{amount.Minor} {amount.Currency}\n{string.Join('\n', texts)}"
        );
        var number = _alike[content] = _alike.GetValueOrDefault(content) + 1;
        return Ids.Hash('b', string.Create(CultureInfo.InvariantCulture, $"{content}\n{number}"));
    }
}
