using System.Text.RegularExpressions;
using Dunning.Configuration;
using Dunning.Evidence.Cases;
using Dunning.Html;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Dunning.Tests.Evidence;

/// <summary>The summary in every language.</summary>
public sealed partial class SummaryPageTests
{
    public static TheoryData<string> Tags => [.. Language.Shipped.Select(language => language.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task Says_everything_that_may_be_missing_in_the_reading_order_of_its_language(string tag)
    {
        var language = Language.For(tag);
        var words = new PageWords(language, language.Dashboard, DateTimeZone.Utc);
        var gaps = Enum.GetValues<CaseGapCode>()
            .Select(code => new CaseGap(code, "HF-1", "<b>a.pdf</b>", new DateOnly(2026, 3, 2)).InWords(words))
            .ToList();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var renderer = new SummaryRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var customer = new Customer { Id = new("c0123456789abcdef"), Name = "<script>alert(1)</script>" };
        var creditor = new CreditorOptions { Company = "Harbour & Finch" };

        var page = await renderer.RenderAsync(
            new CaseSummary(customer, creditor, gaps, [], [], new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)),
            words
        );

        Assert.StartsWith("<!DOCTYPE html>", page.TrimStart(), StringComparison.Ordinal);
        Assert.Contains($"lang=\"{tag}\" dir=\"{language.Direction}\"", page, StringComparison.Ordinal);
        Assert.Equal(gaps.Count, Item().Count(page));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<li>")]
    private static partial Regex Item();
}
