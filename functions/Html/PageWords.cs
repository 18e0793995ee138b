using System.Globalization;
using System.Text.Json;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Dunning.Html;

/// <summary>
/// The words of a page in its reader's language. Names, numbers and amounts are isolated from the reading order around
/// them (UAX 9), so that they stay whole in a right-to-left page.
/// </summary>
public sealed class PageWords
{
    private readonly Language _language;
    private readonly PagePhrases _phrases;
    private readonly DateTimeZone _zone;

    /// <param name="phrases">Of the language, for the kind of pages.</param>
    /// <param name="zone">Of the reader: instants are shown in it.</param>
    internal PageWords(Language language, PagePhrases phrases, DateTimeZone zone) =>
        (_language, _phrases, _zone) = (language, phrases, zone);

    /// <summary>BCP 47, for <c>lang</c>.</summary>
    public string Tag => _language.Tag;

    /// <summary>For <c>dir</c>.</summary>
    public string Direction => _language.Direction;

    /// <summary>Between a label and its value, with the blank after it.</summary>
    public string Colon => $"{_language.Labels[LabelKey.Colon]} ";

    /// <summary>How a link to pay is called.</summary>
    public string TextOf(PaymentLink link) => PaymentWords.TextOf(link, _language);

    /// <summary>The parts of an account without an IBAN.</summary>
    public IEnumerable<(string Label, string Value)> PartsOf(BankTransfer account) =>
        PaymentWords.PartsOf(account, _language);

    /// <summary>For keys that come from outside.</summary>
    public bool Has(string key) => _phrases.Phrases.ContainsKey(key);

    /// <summary>A phrase without placeholders.</summary>
    public string this[string key] => Plain(key);

    /// <summary>The word for a code: <c>state.onHold</c> for a value <c>OnHold</c> of <c>state</c>.</summary>
    public string Code<T>(string group, T value)
        where T : struct, Enum => Plain($"{group}.{CodeOf(value)}");

    /// <summary>The same as an element.</summary>
    public RenderFragment SayCode<T>(string group, T value)
        where T : struct, Enum => Say($"{group}.{CodeOf(value)}");

    /// <summary>A code as it is written in keys and addresses.</summary>
    public static string CodeOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>How a message is sent; a task goes to the account manager, not to the customer's management.</summary>
    public string Channel(NoticeTone tone, Channel channel) =>
        tone is NoticeTone.FollowUp ? Plain("channel.task") : Code("channel", channel);

    /// <summary>For attributes and titles, which hold no elements.</summary>
    public string Plain(string key, params IEnumerable<(string Name, object Value)> values) =>
        Fill(_phrases.Phrases[key], values).ToPlain();

    public RenderFragment Say(string key, params IEnumerable<(string Name, object Value)> values) =>
        Render(Fill(_phrases.Phrases[key], values));

    /// <summary>A phrase with a form for each plural category; <c>{count}</c> is filled.</summary>
    public RenderFragment Count(string key, long count, params IEnumerable<(string Name, object Value)> values) =>
        Render(FillCount(key, count, values));

    public RenderFragment Amount(Money money) => Render(SentenceOf(Span(money)));

    /// <summary>A rate.</summary>
    public RenderFragment Percent(decimal percent) => Render(Charges.Percent(percent));

    /// <summary>The sentences about interest and fees.</summary>
    internal ChargeWords Charges => new(_language);

    /// <summary>A sentence of a message.</summary>
    internal static RenderFragment Show(Sentence sentence) => Render(sentence);

    public RenderFragment Day(DateOnly date) => Render(SentenceOf(Span(date)));

    public RenderFragment Instant(DateTimeOffset at) => Render(SentenceOf(Span(at)));

    /// <summary>A name or a text that a person wrote.</summary>
    public RenderFragment Name(string? text) => Render(SentenceOf(TextSpan.FirstStrong(text ?? "")));

    /// <summary>A number, an address or an id: left to right in every language.</summary>
    public RenderFragment Number(string? text) => Render(SentenceOf(TextSpan.Ltr(text ?? "")));

    /// <summary>How many.</summary>
    public RenderFragment Number(int number) => Number(number.ToString(CultureInfo.InvariantCulture));

    private Sentence FillCount(string key, long count, IEnumerable<(string Name, object Value)> values) =>
        Fill(_phrases.Counted[key].For(count), values.Append(("count", count)));

    private Sentence Fill(Phrase phrase, IEnumerable<(string Name, object Value)> values) =>
        phrase.Fill(
            values.ToDictionary(value => value.Name, value => (IReadOnlyList<TextSpan>)[Span(value.Value)]),
            _language.RightToLeft
        );

    private TextSpan Span(object value) =>
        value switch
        {
            Money money => TextSpan.Ltr(_language.Money.Format(money)),
            DateOnly date => TextSpan.FirstStrong(_language.ShortDate.Format(date)),
            DateTimeOffset at => TextSpan.FirstStrong(Format(at)),
            string text => TextSpan.FirstStrong(text),
            IFormattable number => TextSpan.Ltr(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"{value.GetType().Name} has no format: add it here.", nameof(value)),
        };

    private string Format(DateTimeOffset at)
    {
        var local = NodaTime.Instant.FromDateTimeOffset(at).InZone(_zone);
        return _language.ShortDate.Format(local.Date.ToDateOnly())
            + local.ToString(" HH:mm", CultureInfo.InvariantCulture);
    }

    private Sentence SentenceOf(TextSpan span) => new([span], _language.RightToLeft);

    private static RenderFragment Render(Sentence sentence) =>
        builder =>
        {
            foreach (var span in sentence.Spans)
            {
                if (span.Isolation is Isolation.None)
                {
                    builder.AddContent(0, span.Text);
                    continue;
                }
                builder.OpenElement(1, "bdi");
                if (span.Isolation is Isolation.LeftToRight)
                    builder.AddAttribute(2, "dir", "ltr");
                builder.AddContent(3, span.Text);
                builder.CloseElement();
            }
        };
}
