using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.PolicyPages;

public enum PolicyFieldKind
{
    Line,
    Prose,
    WholeNumber,
    Flag,
    Choice,

    /// <summary>Any of the options.</summary>
    Choices,

    /// <summary>A list of texts, each on a line of its own.</summary>
    List,

    /// <summary>A decimal per currency, each on a line of its own: <c>EUR 5000.00</c>.</summary>
    Amounts,
}

/// <summary>A field of a policy or of a step that the form has.</summary>
/// <param name="Path">In the JSON, with dots between the names.</param>
public sealed record PolicyField(string Path, PolicyFieldKind Kind)
{
    /// <summary>Of a choice: as in the JSON.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Of a choice: the words of an option are under this group and its name.</summary>
    public string Group { get; init; } = "";
}

/// <summary>
/// The fields that the form of a policy has, and their texts. What it has not, such as the steps of payment plans or
/// the agreed interest, a change keeps as it is.
/// </summary>
internal static class PolicyFields
{
    /// <summary>The number of days is one field of the form; the unit says which field of the JSON it is.</summary>
    public const string Number = "number";
    public const string Unit = "unit";
    public const string Days = "days";
    public const string BusinessDays = "businessDays";

    public static readonly IReadOnlyList<PolicyField> OfAudience =
    [
        new("for.groups", PolicyFieldKind.List),
        new("for.amountFrom", PolicyFieldKind.Amounts),
        new("for.daysLateFrom", PolicyFieldKind.WholeNumber),
        new("for.daysLateUpTo", PolicyFieldKind.WholeNumber),
    ];

    public static readonly IReadOnlyList<PolicyField> OfPolicy =
    [
        new("sendAt", PolicyFieldKind.Line),
        new("minDaysBetweenNotices", PolicyFieldKind.WholeNumber),
        new("maxRemindersPerWeek", PolicyFieldKind.WholeNumber),
        new("quietDays", PolicyFieldKind.List),
        Choice<LongHolidayRule>("longHolidays", PolicyFieldKind.Choice, "longHolidayRule"),
        new("termsDays", PolicyFieldKind.WholeNumber),
        new("promiseGraceBusinessDays", PolicyFieldKind.WholeNumber),
        new("portalPromiseDays", PolicyFieldKind.WholeNumber),
        new("claimedPaymentBusinessDays", PolicyFieldKind.WholeNumber),
        new("planGraceBusinessDays", PolicyFieldKind.WholeNumber),
        new("discountLagBusinessDays", PolicyFieldKind.WholeNumber),
        new("netCredits", PolicyFieldKind.Flag),
        new("tolerance", PolicyFieldKind.Amounts),
    ];

    /// <summary>What makes a step.</summary>
    public static readonly IReadOnlyList<PolicyField> OfStep =
    [
        new("id", PolicyFieldKind.Line),
        new(Number, PolicyFieldKind.WholeNumber),
        new(Unit, PolicyFieldKind.Choice) { Options = [Days, BusinessDays], Group = Unit },
        Choice<CountFrom>("from", PolicyFieldKind.Choice, "countFrom"),
        new("tone", PolicyFieldKind.Choice)
        {
            Options = [.. PolicyRules.Tones.Except([NoticeTone.Collection]).Select(NameOf)],
            Group = "tone",
        },
        Choice<Channel>("channels", PolicyFieldKind.Choices, "channel"),
        new("enabled", PolicyFieldKind.Flag),
    ];

    /// <summary>What a step may have besides.</summary>
    public static readonly IReadOnlyList<PolicyField> FurtherOfStep =
    [
        new("shortTermBusinessDays", PolicyFieldKind.WholeNumber),
        new("needsApproval", PolicyFieldKind.Flag),
        new("followUp", PolicyFieldKind.Prose),
        new("payByDays", PolicyFieldKind.WholeNumber),
        new("sendUntilDays", PolicyFieldKind.WholeNumber),
        new("minDaysSinceReminder", PolicyFieldKind.WholeNumber),
        new("repeat.everyDays", PolicyFieldKind.WholeNumber),
        new("repeat.times", PolicyFieldKind.WholeNumber),
        new("copyTo", PolicyFieldKind.List),
        new("signer.name", PolicyFieldKind.Line),
        new("signer.phone", PolicyFieldKind.Line),
        new("offerPlan", PolicyFieldKind.Flag),
        new("showCharges", PolicyFieldKind.Flag),
        Choice<ChargeKind>("charge", PolicyFieldKind.Choices, "charge"),
        new("ends", PolicyFieldKind.Line),
        new("agency", PolicyFieldKind.Line),
    ];

    public static JsonObject JsonOf(object policyOrStep)
    {
        var json = JsonSerializer.SerializeToNode(policyOrStep, Rows.Json)!.AsObject();
        if (policyOrStep is Policy policy)
            json["sendAt"] = policy.SendAt.ToString("HH:mm", CultureInfo.InvariantCulture);
        return json;
    }

    /// <summary>The value of a field as a person types it, entries on lines of their own; empty for none.</summary>
    public static string TextOf(JsonObject json, string path) =>
        path switch
        {
            Number => Raw(json[Days] ?? json[BusinessDays]),
            Unit => json.ContainsKey(BusinessDays) ? BusinessDays : Days,
            _ => Raw(Find(json, path)),
        };

    /// <summary>
    /// Sets a field to what a person typed; what is empty is left out. What is no number, say, stays a text, for the
    /// reader of policies to refuse.
    /// </summary>
    public static void Set(JsonObject json, PolicyField field, string typed)
    {
        var names = field.Path.Split('.');
        if (typed.Trim().Length == 0)
        {
            Remove(json, names);
            return;
        }
        if (names.Length > 1 && json[names[0]] is not JsonObject)
            json[names[0]] = new JsonObject();
        (names.Length > 1 ? json[names[0]]!.AsObject() : json)[names[^1]] = NodeOf(field, typed.Trim());
    }

    private static void Remove(JsonObject json, string[] names)
    {
        if (names.Length == 1)
            json.Remove(names[0]);
        else if (json[names[0]] is JsonObject inner)
        {
            inner.Remove(names[1]);
            if (inner.Count == 0)
                json.Remove(names[0]);
        }
    }

    private static JsonNode NodeOf(PolicyField field, string typed) =>
        field.Kind switch
        {
            PolicyFieldKind.WholeNumber when WholeNumber(typed) is { } number => number,
            PolicyFieldKind.Flag => typed == "true",
            PolicyFieldKind.List or PolicyFieldKind.Choices => new JsonArray([
                .. Split(typed).Select(x => (JsonNode)x),
            ]),
            PolicyFieldKind.Amounts => new JsonObject(
                Split(typed)
                    .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
                    // Two amounts of one currency are none: they are refused together.
                    .GroupBy(line => line[0], line => line.ElementAtOrDefault(1) ?? "")
                    .Select(amounts => KeyValuePair.Create(amounts.Key, (JsonNode?)string.Join(' ', amounts)))
            ),
            _ => typed,
        };

    /// <summary>With a minus sign as people and as programs write it.</summary>
    private static int? WholeNumber(string typed) =>
        int.TryParse(
            typed.Replace('−', '-'),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static IEnumerable<string> Split(string typed) =>
        typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonNode? Find(JsonObject json, string path) =>
        path.Split('.').Aggregate((JsonNode?)json, (node, name) => (node as JsonObject)?[name]);

    private static string Raw(JsonNode? node) =>
        node switch
        {
            null => "",
            JsonArray list => string.Join('\n', list.Select(Raw)),
            JsonObject amounts => string.Join('\n', amounts.Select(amount => $"{amount.Key} {Raw(amount.Value)}")),
            _ => node.ToString(),
        };

    private static PolicyField Choice<T>(string path, PolicyFieldKind kind, string group)
        where T : struct, Enum => new(path, kind) { Options = [.. Enum.GetValues<T>().Select(NameOf)], Group = group };

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
