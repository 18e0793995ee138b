using Dunning.Receivables;

namespace Dunning.Tests.Portal;

/// <summary>What a customer types reaches the owner's pages, and what a source sends reaches the customer's.</summary>
public sealed class PortalHostileTexts : PortalScenario
{
    private const string Script = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202e'\"";

    [Fact]
    public async Task Scripts_in_every_field_are_shown_as_text_on_every_page()
    {
        var id = await PostInvoiceAsync(
            Invoice(Script, due: "2026-02-20", customer: Customer("amberley", contacts: [new { name = Script }]))
        );
        var other = await PostInvoiceAsync(Invoice("A-2", due: "2026-02-20"));
        var link = await LinkAsync(id);

        await GiveAsync(link, "willPay", ("invoices", id), ("date", "2026-03-10"), ("text", Script));
        await GiveAsync(link, "hasPaid", ("invoice", other), ("paidOn", "2026-03-01"), ("reference", Script));
        await GiveAsync(link, "inParts", ("invoice", id), ("parts", "3"), ("from", "2026-03-15"), ("text", Script));
        await GiveAsync(link, "question", ("invoice", id), ("text", Script));
        await GiveAsync(link, "complaint", ("invoice", id), ("matter", "other"), ("text", Script));
        await GiveAsync(
            link,
            "otherContact",
            ("name", Script),
            ("email", "eve@evil.example"),
            ("place", "also"),
            ("text", Script)
        );
        using var wrong = await SendFormAsync(
            Visitor,
            $"{link}/answer/hasPaid",
            ("paidOn", Script),
            ("amount", Script),
            ("reference", Script)
        );
        AssertIsText(await wrong.Content.ReadAsStringAsync());

        AssertIsText(await Visitor.GetStringAsync(link));
        AssertIsText(await Visitor.GetStringAsync($"{link}/statement"));
        foreach (var kind in new[] { "willPay", "complaint" })
            AssertIsText(await Visitor.GetStringAsync($"{link}/answer/{kind}"));
        using var owner = await SignInAsync();
        foreach (
            var path in new[]
            {
                "todo",
                $"customers/{id.Split('-')[0]}",
                $"customers/{id.Split('-')[0]}/portal-link",
                $"invoices/{id}",
                $"invoices/{other}",
            }
        )
            AssertIsText(await owner.GetStringAsync($"{Home}/{path}"), path.EndsWith("link", StringComparison.Ordinal));
        Assert.All(await RepliesAsync(id), reply => Assert.Equal(ReplyChannel.Portal, reply.Channel));
    }

    private static void AssertIsText(string page, bool hasNone = false)
    {
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        if (!hasNone)
            Assert.Contains("&lt;script", page, StringComparison.OrdinalIgnoreCase);
    }
}
