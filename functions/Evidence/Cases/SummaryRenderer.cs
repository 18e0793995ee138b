using Dunning.Html;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Dunning.Evidence.Cases;

/// <summary>Makes <c>summary.html</c>, a page that needs nothing but itself and can be printed.</summary>
internal sealed class SummaryRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<string> RenderAsync(CaseSummary summary, PageWords words)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>
            {
                [nameof(SummaryPage.Model)] = summary,
                [nameof(SummaryPage.Words)] = words,
            }
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<SummaryPage>(parameters)).ToHtmlString()
        );
    }
}
