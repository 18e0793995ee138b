using Dunning.Html;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Microsoft.AspNetCore.Components;

namespace Dunning.Dashboard.Layout;

/// <summary>The base of every component: who looks at the page, when, and in which language.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    public required PageContext Context { get; set; }

    protected PageWords Words => Context.Words;

    protected RenderFragment ByWhom(string? by) =>
        by == PortalAnswer.By ? Words.Say("timeline.byCustomer") : Words.Say("timeline.by", ("by", by ?? ""));

    /// <summary>The API's sentence, which names the values, where the page is in its language.</summary>
    protected string TextOf(FieldProblem problem)
    {
        // not_a_date has the words problem.notADate.
        var words = problem.Code.Split('_');
        var code = words[0] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var key = $"problem.{code}";
        return Words.Tag != ApiLanguage && Words.Has(key) ? Words[key] : problem.Detail;
    }

    private const string ApiLanguage = "en";
}
