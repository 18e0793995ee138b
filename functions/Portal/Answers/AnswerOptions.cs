using Dunning.Html;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>What can be chosen in a form, and what is chosen at first: what holds now.</summary>
internal static class AnswerOptions
{
    public static IReadOnlyDictionary<string, IReadOnlyList<AnswerOption>> For(
        AnswerForm form,
        PortalVisit visit,
        IReadOnlyList<Versioned<Reply>> replies
    ) =>
        form
            .Fields.Where(field => field.Kind is AnswerFieldKind.Choice)
            .ToDictionary(field => field.Name, field => Of(field.Name, visit, replies));

    public static IReadOnlyDictionary<string, string> FirstValues(AnswerForm form, PortalVisit visit)
    {
        var customer = visit.Context.Customer;
        var only = visit.Invoices is [var invoice] ? invoice.Id.ToString() : "";
        return form.Fields.ToDictionary(
            field => field.Name,
            field =>
                field.Name switch
                {
                    "invoice" or "invoices" => only,
                    "language" => visit.Page.Words.Tag,
                    "channels" => Preferences.ChannelOf(customer),
                    "courtesy" => customer.NoCourtesyMails ? "no" : "yes",
                    _ => "",
                }
        );
    }

    private static IReadOnlyList<AnswerOption> Of(
        string field,
        PortalVisit visit,
        IReadOnlyList<Versioned<Reply>> replies
    )
    {
        var words = visit.Page.Words;
        return field switch
        {
            "language" => [.. visit.Page.Languages.Select(language => new AnswerOption(language.Tag, language.Name))],
            "matter" => Worded("matter", Enum.GetValues<ComplaintMatter>().Select(PageWords.CodeOf)),
            "place" => Worded("place", OtherContact.Places),
            "channels" => Worded("channels", Preferences.ChannelsOf(visit.Context.Customer)),
            "courtesy" => Worded("courtesy", Preferences.CourtesyOptions),
            _ =>
            [
                .. TakeBack
                    .Open(visit.Account, replies)
                    .Select(reply => new AnswerOption(
                        reply.Value.Id,
                        words.Plain($"meaning.{PageWords.CodeOf(reply.Value.Meaning)}")
                            + $" · {words.Plain("takeBack.given", ("date", reply.Value.At))}"
                    )),
            ],
        };

        IReadOnlyList<AnswerOption> Worded(string group, IEnumerable<string> values) =>
            [.. values.Select(value => new AnswerOption(value, words[$"{group}.{value}"]))];
    }
}
