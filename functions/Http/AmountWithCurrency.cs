using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;

namespace Dunning.Http;

/// <summary>The optional fields <c>amount</c> and <c>currency</c>: one is not sent without the other.</summary>
internal static class AmountWithCurrency
{
    public static Money? Read(JsonFields json)
    {
        if (!json.Has("amount"))
        {
            json.Optional("currency", Currency);
            return null;
        }
        var currency = json.Required("currency", Currency);
        return json.Optional("amount", PositiveAmountIn(currency));
    }
}
