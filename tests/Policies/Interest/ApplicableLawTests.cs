using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// Towards a business the law of the creditor's country applies (Rome I, art. 4(1)), towards a consumer that of the
/// customer's (art. 6(1)).
/// </summary>
public sealed class ApplicableLawTests
{
    [Theory]
    [InlineData("DE", "FR", CustomerKind.Business, "{}", "DE")]
    [InlineData("DE", "FR", CustomerKind.Consumer, "{}", "FR")]
    // The policy says what customers are whose own data do not.
    [InlineData("DE", "FR", null, """{ "customersAre": "business" }""", "DE")]
    [InlineData("DE", "FR", null, """{ "customersAre": "consumer" }""", "FR")]
    [InlineData("DE", "FR", CustomerKind.Consumer, """{ "customersAre": "business" }""", "FR")]
    // It need not be known which of the two it is.
    [InlineData("DE", "DE", null, "{}", "DE")]
    [InlineData("DE", "FR", null, "{}", null)]
    [InlineData("DE", "FR", CustomerKind.Consumer, """{ "law": "NL" }""", "NL")]
    [InlineData("DE", "FR", null, """{ "law": "EU" }""", "EU")]
    // A subdivision has the law of its country.
    [InlineData("GB-SCT", "FR", CustomerKind.Business, "{}", "GB")]
    [InlineData("GB", "MY-02", CustomerKind.Consumer, "{}", "MY")]
    [InlineData("GB-SCT", "GB-ENG", null, "{}", "GB")]
    // There are no rules for Brazil.
    [InlineData("BR", "DE", CustomerKind.Business, "{}", null)]
    [InlineData(null, "DE", CustomerKind.Business, "{}", null)]
    [InlineData("DE", null, CustomerKind.Consumer, "{}", null)]
    [InlineData(null, null, null, "{}", null)]
    public void The_law_follows_from_who_owes_whom(
        string? creditor,
        string? country,
        CustomerKind? kind,
        string terms,
        string? expected
    )
    {
        var late = new LateInvoice(terms, creditor: creditor!, country: country!, kind: kind);

        Assert.Equal(expected, ApplicableLaw.Of(late.ContextOn("2026-03-04"), late.Invoice).Jurisdiction?.Code);
    }

    [Fact]
    public void Without_a_law_payments_count_towards_costs_interest_and_principal() =>
        Assert.Equal(
            [ClaimPart.Costs, ClaimPart.Interest, ClaimPart.Principal],
            new ApplicableLaw(Jurisdiction: null, Kind: null).Allocation
        );
}
