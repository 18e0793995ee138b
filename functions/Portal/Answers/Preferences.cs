using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Customers;
using Dunning.Html;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Portal.Answers;

/// <summary>Language, channel, and an end of messages that ask for nothing: changed at once.</summary>
internal static class Preferences
{
    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("language", AnswerFieldKind.Choice),
        new("channels", AnswerFieldKind.Choice),
        new("courtesy", AnswerFieldKind.Choice),
    ];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var customer = facts.Context.Customer;
        var language = input.Read("language", PlaceRules.LanguageTag, "problem.choose");
        var channels = input.Choice("channels", ChannelsOf(customer), isRequired: false);
        var courtesy = input.Choice("courtesy", CourtesyOptions, isRequired: false);
        if (!input.IsUsable)
            return input.Refused;
        var body = new JsonObject { ["by"] = PortalAnswer.By };
        if (language is not null && language != customer.Locale)
            body["locale"] = language;
        if (channels is not null && channels != ChannelOf(customer))
            body["channels"] = channels == "both" ? new JsonArray() : new JsonArray(channels);
        if (courtesy is not null && courtesy == "no" != customer.NoCourtesyMails)
            body["courtesyMails"] = courtesy == "yes";
        return body.Count == 1 ? AnswerDecision.Refused("", "problem.nothingChanged") : Change(facts, body);
    }

    /// <summary>Email and text messages, as far as there is an address for them.</summary>
    public static IReadOnlyList<string> ChannelsOf(Customer customer) =>
        customer is { EmailAddress: not null, PhoneNumber: not null } ? ["both", "email", "sms"] : [];

    public static string ChannelOf(Customer customer) =>
        customer.Channels is [var only] ? PageWords.CodeOf(only) : "both";

    public static readonly IReadOnlyList<string> CourtesyOptions = ["yes", "no"];

    private static AnswerDecision Change(AnswerFacts facts, JsonObject body)
    {
        var (request, _) = JsonBody.Read(
            JsonSerializer.SerializeToUtf8Bytes(body),
            CustomerRequest.InvalidTitle,
            CustomerRequest.Read
        );
        var context = facts.Context with { Customer = facts.CountedCustomer };
        if (
            request is null
            || CustomerUpdate.Decide(context, facts.Account, request, version: null)
                is not { Error: null, Transaction: { } transaction } update
        )
            return AnswerDecision.Refused("", "problem.notNow");
        var reply = facts.Reply(ReplyMeaning.Preferences, new("owner.preferences"), text: null);
        return AnswerDecision.Done(transaction.Save(reply), EffectsOf(body)) with { Update = update };
    }

    private static IEnumerable<PortalSentence> EffectsOf(JsonObject changed)
    {
        if (changed.ContainsKey("locale"))
            yield return new("effect.language");
        if (changed.ContainsKey("channels"))
            yield return new("effect.channel");
        if (changed["courtesyMails"] is { } courtesy)
            yield return new(courtesy.GetValue<bool>() ? "effect.courtesyOn" : "effect.courtesyOff");
    }
}
