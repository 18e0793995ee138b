namespace Dunning.Tests.Dashboard;

/// <summary>A script in every field of the book is shown as text on every page.</summary>
public sealed class HostileTexts : DashboardScenario
{
    private const string Script = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";

    [Fact]
    public async Task A_script_in_any_field_is_text_on_every_page()
    {
        var invoice = With(
            Invoice(
                Script,
                customer: new
                {
                    externalId = Script,
                    name = Script,
                    email = "tom@amberley.example",
                    taxId = "<b>1</b>",
                    contacts = new[]
                    {
                        new
                        {
                            name = Script,
                            email = "ap@amberley.example",
                            role = "<i>ap</i>",
                        },
                    },
                },
                due: "2026-02-20"
            ),
            ("orderReference", Script),
            ("buyerReference", Script),
            ("changeReason", Script)
        );
        var id = await PostInvoiceAsync(invoice);
        await ChangeAsync(
            id,
            "dispute",
            new
            {
                reason = Script,
                by = Script,
                amount = "1.00",
                currency = "GBP",
            }
        );
        await ChangeAsync(
            id,
            "promise",
            new
            {
                date = "2026-03-20",
                by = Script,
                note = Script,
            }
        );
        await PayAsync(id, "1.00", "2026-03-01", paymentId: "<b>pay</b>");
        var customer = id.Split('-')[0];
        using var put = await Http.PutAsync(
            $"api/customers/{customer}",
            System.Net.Http.Json.JsonContent.Create(
                new
                {
                    by = Script,
                    group = Script,
                    notes = new[] { new { text = Script } },
                }
            )
        );
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        await Host.RunTimerAsync("SummarizeReceivables");
        using var browser = await SignInAsync(name: Script);

        foreach (
            var path in new[]
            {
                "",
                "/todo",
                "/invoices",
                $"/invoices/{id}",
                "/customers",
                $"/customers/{customer}",
                "/settings",
                $"/do/hold/{id}",
                $"/do/editCustomer/{customer}",
                $"/invoices?q={Uri.EscapeDataString(Script)}",
            }
        )
        {
            var page = await browser.GetStringAsync(Home + path);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script", page, StringComparison.OrdinalIgnoreCase);
        }
    }
}
