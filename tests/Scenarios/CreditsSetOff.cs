using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Credit notes that name no invoice, where the policy sets them off.</summary>
public sealed class CreditsSetOff : Scenario
{
    protected override string Policies =>
        """
            [{ "name": "default", "version": 2, "netCredits": true,
               "steps": [{ "id": "first", "businessDays": 3, "tone": "friendly", "channels": ["email"] }] }]
            """;

    [Fact]
    public async Task The_oldest_open_invoice_is_lowered_first_and_what_is_left_waits_for_the_next()
    {
        var older = await PostInvoiceAsync(Invoice("R-1", "20.00", due: "2026-03-10"));
        var newer = await PostInvoiceAsync(Invoice("R-2", "20.00", due: "2026-03-20"));
        await PostInvoiceAsync(With(Invoice("G-7", "50.00"), ("kind", "creditNote")));
        Assert.Equal(("settled", "settled"), (await StateAsync(older), await StateAsync(newer)));

        var next = await PostInvoiceAsync(Invoice("R-3", "30.00", due: "2026-03-30"));
        Assert.Equal("20.00", await BalanceAsync(next));
        await PostInvoiceAsync(Invoice("R-4", "30.00", due: "2026-03-30"));
        Assert.Equal("20.00", await BalanceAsync(next));
    }
}
