using System.Text.Json;

namespace Dunning.Notices.Localization;

/// <summary>An object of a language file, with its path for error messages.</summary>
internal sealed class LanguageNode(JsonElement element, string file, string path)
{
    public IEnumerable<string> Keys => element.EnumerateObject().Select(property => property.Name);

    public bool IsObject(string key) => element.GetProperty(key).ValueKind is JsonValueKind.Object;

    public LanguageNode Child(string key) => new(Get(key, JsonValueKind.Object), file, path + key + ".");

    public string Text(string key) => Get(key, JsonValueKind.String).GetString()!;

    public string? OptionalText(string key) => element.TryGetProperty(key, out _) ? Text(key) : null;

    public int Number(string key) => Get(key, JsonValueKind.Number).GetInt32();

    public string OneOf(string key, params string[] allowed) =>
        allowed.Contains(Text(key)) ? Text(key) : throw Problem(key, $"is not one of {string.Join(", ", allowed)}");

    public IReadOnlyDictionary<string, string> Map(string key) =>
        Get(key, JsonValueKind.Object).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");

    public IReadOnlyList<string> Texts(string key, int count)
    {
        var texts = Get(key, JsonValueKind.Array).EnumerateArray().Select(item => item.GetString() ?? "").ToArray();
        return texts.Length == count ? texts : throw Problem(key, $"has {texts.Length} entries, not {count}");
    }

    public Phrase Phrase(string key)
    {
        var phrase = new Phrase(Text(key));
        var unknown = phrase.UsedPlaceholders.Except(Dunning.Notices.Localization.Phrase.Placeholders).ToArray();
        return unknown.Length == 0 ? phrase : throw Problem(key, $"contains the unknown placeholder {{{unknown[0]}}}");
    }

    public PluralPhrase Plural(string key, PluralRule rule)
    {
        var forms = Child(key);
        return new PluralPhrase(rule, rule.Categories.ToDictionary(category => category, forms.Phrase));
    }

    public InvalidDataException Problem(string key, string what) => new($"Language file {file}: '{path}{key}' {what}.");

    private JsonElement Get(string key, JsonValueKind kind)
    {
        if (!element.TryGetProperty(key, out var value))
            throw Problem(key, "is missing");
        return value.ValueKind == kind ? value : throw Problem(key, $"is not a JSON {kind}");
    }
}
