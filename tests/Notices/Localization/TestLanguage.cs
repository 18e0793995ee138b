using System.Text.Json.Nodes;
using Dunning.Notices.Localization;

namespace Dunning.Tests.Notices.Localization;

/// <summary>Test language files, derived from the English one.</summary>
internal static class TestLanguage
{
    public static JsonObject English() =>
        JsonNode.Parse(EmbeddedText.Read("Notices/Localization/Languages/en.json"))!.AsObject();

    public static Language RightToLeft()
    {
        var file = English();
        file["tag"] = "xr";
        file["direction"] = "rtl";
        file["plural"] = "one-two-other";
        file["money"] = JsonNode.Parse(
            """{ "pattern": "{number} {unit}", "decimal": ",", "group": ".", "minGrouped": 4, "symbols": {} }"""
        );
        file["dates"]!["months"] = new JsonArray([
            .. "Uno Du Tri Kvar Kvin Ses Sep Ok Nau Dek Onze Dous".Split(' ').Select(m => JsonValue.Create(m)),
        ]);
        AddDual(file);
        return LanguageFile.Read(file.ToJsonString(), "xr.json");
    }

    private static void AddDual(JsonObject node)
    {
        if (node.ContainsKey("one") && node.ContainsKey("other"))
            node["two"] = node["other"]!.DeepClone();
        foreach (var child in node.Select(pair => pair.Value).OfType<JsonObject>().ToList())
            AddDual(child);
    }
}
