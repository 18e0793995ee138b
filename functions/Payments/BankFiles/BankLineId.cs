using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// Ids of movements: a hash of the bank's id and the amount, or of all that the file says. Of several alike each has
/// its number among them: a bank may give one id to all of a batch, and overlapping files give the same ids.
/// </summary>
internal sealed class BankLineId(string account)
{
    /// <summary>What banks write where they have no id.</summary>
    private static readonly HashSet<string> _none = new(StringComparer.OrdinalIgnoreCase)
    {
        "NONREF",
        "NOREF",
        "NOTPROVIDED",
        "0",
    };

    private readonly Dictionary<string, int> _alike = new(StringComparer.Ordinal);

    /// <param name="bankId">The bank's id of the movement; null for none.</param>
    public string Create(string? bankId, DateOnly date, Money amount, params string?[] texts)
    {
        var told =
            bankId is not null && !_none.Contains(bankId)
                ? $"#{bankId}"
                : string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}\n{string.Join('\n', texts)}");
        var content = string.Create(
            CultureInfo.InvariantCulture,
            $"{account}\n{amount.Minor} {amount.Currency}\n{told}"
        );
        var number = _alike[content] = _alike.GetValueOrDefault(content) + 1;
        return Ids.Hash('b', string.Create(CultureInfo.InvariantCulture, $"{content}\n{number}"));
    }
}
