using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary><c>POST /api/invoices/{id}/policy</c> with <c>{"by": "Maya", "policy": "gentle"}</c>.</summary>
/// <param name="Policy">A name: the invoice goes on with its newest version.</param>
internal sealed record PolicyChoiceRequest(string By, string Policy)
{
    public const string InvalidTitle = "The policy cannot be chosen";

    public static PolicyChoiceRequest Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("policy", Line(64)));

    public ChangeDecision Decide(DunningContext context, Versioned<Invoice> invoice)
    {
        var catalog = context.Rules.Policies;
        if (!catalog.Has(Policy))
            return ChangeDecision.Refused(
                ApiResult.Invalid(
                    InvalidTitle,
                    [
                        new(
                            "#/policy",
                            "unknown_policy",
                            $"there is no policy '{Policy}'; name one of "
                                + string.Join(", ", catalog.Active.Select(policy => policy.Name))
                        ),
                    ]
                )
            );
        if (invoice.Value.Closed is not null)
            return ChangeDecision.NotPossible("The invoice is closed, so no step is left to take.");
        var policy = catalog.Newest(Policy);
        return invoice.Value.Dunning.Policy == policy.Key
            ? ChangeDecision.Unchanged(invoice.Value)
            : ChangeDecision.Changed(
                invoice,
                PolicyMove.Move(context, invoice.Value, policy),
                PolicyMove.EventOf(context, invoice.Value, policy, By)
            ) with
            {
                StopsReminders = false,
            };
    }
}
