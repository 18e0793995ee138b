using System.Text.Json.Nodes;
using Dunning.Html;

namespace Dunning.Dashboard.Actions;

/// <summary>What a person filled in, as the API wants it.</summary>
/// <param name="Id">Of the subject.</param>
/// <param name="Item">Of a part of the subject: a payment of the invoice, a part of its plan; else empty.</param>
/// <param name="RequestId">Random, made with the form: sent twice, it is done once.</param>
/// <param name="Body">Without the fields that were left empty.</param>
internal sealed record ActionInput(string Id, string Item, string RequestId, JsonObject Body)
{
    public static ActionInput Create(
        PageAction action,
        string id,
        ActionSubject subject,
        IReadOnlyDictionary<string, string> form,
        string by
    )
    {
        var body = new JsonObject { ["by"] = by };
        foreach (var field in action.Fields)
        {
            if (form.GetValueOrDefault(field.Name)?.Trim() is not { Length: > 0 } text)
                continue;
            body[field.Name] =
                field.Kind is FieldKind.WholeNumber && PageForm.NumberOf(text) is { } number ? number : text;
            if (field.Kind is FieldKind.Amount && subject.Currency is { } currency)
                (body[field.Name], body["currency"]) = (TypedAmount.ToPlain(text, currency), currency);
        }
        return new(id, form.GetValueOrDefault("item", ""), form.GetValueOrDefault("requestId", ""), body);
    }
}
